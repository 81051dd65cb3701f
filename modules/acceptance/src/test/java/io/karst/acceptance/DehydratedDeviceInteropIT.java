package io.karst.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.olm.Account;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.vodozemac.DehydratedDevice;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Devices that wait encrypted with a server, between us and vodozemac in Matrix's clients. */
class DehydratedDeviceInteropIT {

  private static final long SEED = Long.getLong("karst.seed", 4_711);
  private static final RandomBytes RANDOM = new Random(SEED)::nextBytes;
  private static final SessionConfig CONFIG = SessionConfig.V1;
  private static final byte[] KEY = RANDOM.next(PickleKey.LENGTH);
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  private static ForeignPeer peer;

  @BeforeAll
  static void start() throws IOException {
    peer = ForeignPeer.ofDehydratedDevices();
  }

  @AfterAll
  static void stop() throws IOException {
    peer.close();
  }

  @Test
  void theirsReadsWithUsWhatWasSentToIt() throws Exception {
    JsonObject theirs = peer.ask("leave", "key", base64(KEY));

    Account back = new DehydratedDevice(text(theirs, "ciphertext"), text(theirs, "nonce"))
        .rehydrate(PickleKey.fromBytes(KEY), RANDOM);

    assertThat(back.identityKeys().curve25519().toBase64()).isEqualTo(text(theirs, "curve25519"));
    assertThat(back.identityKeys().ed25519().toBase64()).isEqualTo(text(theirs, "ed25519"));
    assertThat(back.storedOneTimeKeyCount())
        .isEqualTo(theirs.getAsJsonArray("oneTimeKeys").size());
    for (String kind : new String[] {"oneTimeKeys", "fallbackKeys"}) {
      for (JsonElement key : theirs.getAsJsonArray(kind)) {
        requireRead(back, Curve25519PublicKey.fromBase64(key.getAsString()));
      }
    }
  }

  private static void requireRead(Account device, Curve25519PublicKey published) throws Exception {
    Account sender = Account.create(RANDOM);
    PreKeyMessage message = (PreKeyMessage) sender
        .createOutboundSession(CONFIG, device.identityKeys().curve25519(), published)
        .encrypt(HELLO);
    assertThat(device
            .createInboundSession(CONFIG, sender.identityKeys().curve25519(), message)
            .plaintext())
        .isEqualTo(HELLO);
  }

  @Test
  void oursIsTakenBackByThemAndByNobodyWithoutTheKey() throws Exception {
    Account device = Account.create(RANDOM);
    device.generateOneTimeKeys(3);
    device.generateFallbackKey();
    DehydratedDevice ours = DehydratedDevice.of(device, PickleKey.fromBytes(KEY), RANDOM);

    takeBack(device, ours, KEY);

    assertThat(isRefused(device, ours, RANDOM.next(PickleKey.LENGTH))).isTrue();
    DehydratedDevice cut = new DehydratedDevice(ours.ciphertext().substring(4), ours.nonce());
    assertThat(isRefused(device, cut, KEY)).isTrue();
  }

  private static void takeBack(Account device, DehydratedDevice stored, byte[] key) {
    peer.ask("takeBack", arguments(device, stored, key));
  }

  private static boolean isRefused(Account device, DehydratedDevice stored, byte[] key) {
    return peer.refuses("takeBack", arguments(device, stored, key));
  }

  private static Object[] arguments(Account device, DehydratedDevice stored, byte[] key) {
    return new Object[] {
      "key",
      base64(key),
      "curve25519",
      device.identityKeys().curve25519().toBase64(),
      "ciphertext",
      stored.ciphertext(),
      "nonce",
      stored.nonce()
    };
  }

  private static String text(JsonObject answer, String field) {
    return answer.get(field).getAsString();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
