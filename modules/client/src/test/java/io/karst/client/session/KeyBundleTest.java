package io.karst.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.karst.crypto.megolm.ExportedSessionKey;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBundleTest {

  private static final String GROUP = "00112233445566778899aabbccddeeff";
  private static final String LONG = "a".repeat(64);

  private static ExportedSessionKey key() throws Exception {
    var outbound = OutboundGroupSession.create(SessionConfig.V1, new Random(7)::nextBytes);
    return InboundGroupSession.fromSessionKey(SessionConfig.V1, outbound.sessionKey())
        .exportAtFirstKnownIndex();
  }

  @Test
  void whatWasPutInComesOut() throws Exception {
    var given = new KeyBundle.Given(7, DeviceAddress.of("ann", "phone"), key());

    KeyBundle read = KeyBundle.parse(new KeyBundle(GROUP, List.of(given)).toText());

    assertThat(read.group()).isEqualTo(GROUP);
    assertThat(read.keys()).hasSize(1);
    assertThat(read.keys().get(0).epoch()).isEqualTo(7);
    assertThat(read.keys().get(0).sender()).isEqualTo(given.sender());
    assertThat(read.keys().get(0).key().bytes()).isEqualTo(given.key().bytes());
  }

  @Test
  void theLargestBundleFitsIntoAShare() throws Exception {
    var keys = new ArrayList<>(Collections.nCopies(
        KeyBundle.KEYS_MAX,
        new KeyBundle.Given(Long.MAX_VALUE, DeviceAddress.of(LONG, LONG), key())));

    byte[] text = new KeyBundle(GROUP, keys).toText();

    assertThat(text.length).isLessThan(KeyShare.MESSAGE_MAX - 512);
    assertThat(KeyBundle.parse(text).keys()).hasSize(KeyBundle.KEYS_MAX);
    keys.add(keys.get(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyBundle(GROUP, keys));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "00112233445566778899aabbccddeeff", "0011"})
  void whatIsNoBundleIsRefused(String content) {
    byte[] text = Base64.getEncoder()
        .withoutPadding()
        .encode((content + "\u0001").getBytes(StandardCharsets.US_ASCII));

    assertThatIllegalArgumentException().isThrownBy(() -> KeyBundle.parse(text));
  }
}
