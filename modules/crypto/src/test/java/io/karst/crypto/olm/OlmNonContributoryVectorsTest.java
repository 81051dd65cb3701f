package io.karst.crypto.olm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.karst.crypto.FixedRandom;
import io.karst.crypto.ForeignPickle;
import io.karst.crypto.Vectors;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that anybody can forge, if points of small order are not refused. */
class OlmNonContributoryVectorsTest {

  static Stream<JsonObject> rows() {
    return Vectors.objects(Vectors.file("olm-noncontributory.json").get("rows"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aForgedSessionIsRefusedAndTheOneTimeKeyStays(JsonObject row) throws Exception {
    ForeignPickle pickle = new ForeignPickle(row.getAsJsonObject("bob_account"), target -> {});
    Account account = pickle.account();
    PreKeyMessage message = PreKeyMessage.fromBase64(Vectors.text(row, "body"));

    assertThat(Vectors.accepted(row)).isFalse();
    assertThatThrownBy(
            () -> account.createInboundSession(SessionConfig.V1, message.identityKey(), message))
        .isInstanceOfSatisfying(
            KeyRejectedException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.NON_CONTRIBUTORY_KEY));
    pickle.requireHolds(account);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void noSessionIsOpenedWithSuchAKey(JsonObject row) throws Exception {
    Account account = Account.create(new FixedRandom(1));
    Curve25519PublicKey good = account.identityKeys().curve25519();
    Curve25519PublicKey bad = Curve25519PublicKey.fromBytes(Vectors.hex(row, "point_hex"));

    assertThatThrownBy(() -> account.createOutboundSession(SessionConfig.V1, bad, good))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> account.createOutboundSession(SessionConfig.V1, good, bad))
        .isInstanceOf(KeyRejectedException.class);
  }
}
