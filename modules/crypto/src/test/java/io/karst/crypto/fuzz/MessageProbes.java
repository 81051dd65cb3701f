package io.karst.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.ReceivingSession;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.NormalMessage;
import io.karst.crypto.wire.PreKeyMessage;
import java.nio.charset.StandardCharsets;

/** Messages of strangers: canonical or refused, authentic or without effect. */
final class MessageProbes {

  private final Cast cast;

  MessageProbes(Cast cast) {
    this.cast = cast;
  }

  void megolm(byte[] input) throws CryptoException {
    MegolmMessage message = MegolmMessage.parse(input);
    assertThat(message.bytes()).isEqualTo(input);
    assertThat(MegolmMessage.fromBase64(message.toBase64())).isEqualTo(message);
    InboundGroupSession shared = InboundGroupSession.fromSessionKey(Cast.CONFIG, cast.sessionKey);
    byte[] before = Snapshot.of(shared);
    if (!opens(shared, message)) {
      assertThat(Snapshot.of(shared)).isEqualTo(before);
    }
    ForwardOnlyGroupSession once =
        ForwardOnlyGroupSession.fromSessionKey(Cast.CONFIG, cast.sessionKey);
    before = Snapshot.of(once);
    if (!opens(once, message)) {
      assertThat(Snapshot.of(once)).isEqualTo(before);
    }
  }

  private boolean opens(ReceivingSession session, MegolmMessage message) {
    try {
      session.decrypt(message);
      assertThat(message).isEqualTo(cast.megolm);
      return true;
    } catch (CryptoException refused) {
      return false;
    }
  }

  void preKey(byte[] input) throws CryptoException {
    PreKeyMessage message = PreKeyMessage.parse(input);
    assertThat(message.bytes()).isEqualTo(input);
    assertThat(PreKeyMessage.wrap(message.sessionKeys(), message.normal())).isEqualTo(message);
    assertThat(PreKeyMessage.fromBase64(message.toBase64())).isEqualTo(message);
    byte[] before = Snapshot.of(cast.bob);
    try {
      cast.bob.createInboundSession(Cast.CONFIG, message.identityKey(), message);
      assertThat(message).isEqualTo(cast.preKey);
    } finally {
      assertThat(Snapshot.of(cast.bob)).isEqualTo(before);
    }
  }

  void normal(byte[] input) throws CryptoException {
    NormalMessage message = NormalMessage.parse(input);
    assertThat(message.bytes()).isEqualTo(input);
    assertThat(NormalMessage.fromBase64(message.toBase64())).isEqualTo(message);
    OlmSession session = cast.session();
    byte[] before = Snapshot.of(session);
    try {
      session.decrypt(message);
      assertThat(message).isEqualTo(cast.normal);
    } catch (CryptoException refused) {
      assertThat(Snapshot.of(session)).isEqualTo(before);
    }
  }

  /** The same parsers by way of text. */
  void texts(byte[] input) throws CryptoException {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    MegolmMessage message = MegolmMessage.fromBase64(text);
    assertThat(text).startsWith(message.toBase64());
  }
}
