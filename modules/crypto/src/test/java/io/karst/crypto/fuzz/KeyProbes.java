package io.karst.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.epoch.SealedPayload;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.SasException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519Signature;
import io.karst.crypto.megolm.ExportedSessionKey;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.SessionKey;
import io.karst.crypto.primitive.Base64Text;
import io.karst.crypto.primitive.SecretBase64;
import io.karst.crypto.sas.EstablishedSas;
import io.karst.crypto.sas.Sas;
import java.nio.charset.StandardCharsets;

/** Keys, signatures, short strings and base64 of strangers. */
final class KeyProbes {

  private final Cast cast;
  private final Curve25519SecretKey secretKey = Curve25519SecretKey.generate(new FixedRandom(2));
  private final EstablishedSas sas;

  KeyProbes(Cast cast) throws CryptoException {
    this.cast = cast;
    sas = Sas.start(new FixedRandom(3)).agree(secretKey.publicKey());
  }

  void sessionKey(byte[] input) throws CryptoException {
    SessionKey key = SessionKey.fromBytes(input);
    assertThat(key.bytes()).isEqualTo(input);
    assertThat(SessionKey.fromBase64(key.toBase64()).bytes()).isEqualTo(input);
    assertThat(InboundGroupSession.fromSessionKey(Cast.CONFIG, key).firstKnownIndex())
        .isEqualTo(key.messageIndex());
  }

  void exportedKey(byte[] input) throws CryptoException {
    ExportedSessionKey key = ExportedSessionKey.fromBytes(input);
    assertThat(key.bytes()).isEqualTo(input);
    assertThat(ExportedSessionKey.fromBase64(key.toBase64()).bytes()).isEqualTo(input);
    InboundGroupSession session = InboundGroupSession.importFrom(Cast.CONFIG, key);
    assertThat(session.exportAtFirstKnownIndex().bytes()).isEqualTo(input);
    assertThat(session.connected(cast.inbound)).isEqualTo(cast.inbound.connected(session));
  }

  void ed25519(byte[] input) throws CryptoException {
    Ed25519PublicKey key = Ed25519PublicKey.fromBytes(input);
    assertThat(key.bytes()).isEqualTo(input);
    assertThat(Ed25519PublicKey.fromBase64(key.toBase64())).isEqualTo(key);
    if (!key.equals(cast.alice.identityKeys().ed25519())) {
      assertThatThrownBy(() -> key.verify(Cast.HELLO, cast.alice.sign(Cast.HELLO)))
          .isInstanceOf(SignatureRejectedException.class);
    }
  }

  /** Nobody but the owner makes a signature, not even one that differs from the owner's. */
  void signature(byte[] input) throws CryptoException {
    Ed25519Signature signature = Ed25519Signature.fromBytes(input);
    assertThat(Ed25519Signature.fromBase64(signature.toBase64()).bytes()).isEqualTo(input);
    cast.alice.identityKeys().ed25519().verify(Cast.HELLO, signature);
    assertThat(signature).isEqualTo(cast.alice.sign(Cast.HELLO));
  }

  void curve25519(byte[] input) throws CryptoException {
    Curve25519PublicKey key = Curve25519PublicKey.fromBytes(input);
    assertThat(Curve25519PublicKey.fromBase64(key.toBase64()).bytes()).isEqualTo(input);
    secretKey.agree(key).destroy();
  }

  void sealedPayload(byte[] input) throws CryptoException {
    assertThat(SealedPayload.parse(input).toText()).isEqualTo(input);
  }

  void sasMac(byte[] input) throws SasException {
    String mac = new String(input, StandardCharsets.UTF_8);
    sas.verifyMac("input", "info", mac);
    assertThat(mac).isEqualTo(sas.mac("input", "info"));
  }

  /** The fast decoder and the one without tables accept the same and say the same. */
  void base64(byte[] input) throws CryptoException {
    byte[] secret;
    try {
      secret = SecretBase64.decodePadded(input);
    } catch (EncodingException e) {
      assertThatThrownBy(() -> Base64Text.decode(new String(input, StandardCharsets.ISO_8859_1)))
          .isInstanceOf(EncodingException.class);
      throw e;
    }
    String text = new String(input, StandardCharsets.US_ASCII);
    assertThat(Base64Text.decode(text)).isEqualTo(secret);
    byte[] encoded = SecretBase64.encode(secret);
    assertThat(SecretBase64.decode(encoded)).isEqualTo(secret);
    assertThat(text.replace("=", "")).isEqualTo(new String(encoded, StandardCharsets.US_ASCII));
  }

  byte[] sasMac() {
    return sas.mac("input", "info").getBytes(StandardCharsets.UTF_8);
  }
}
