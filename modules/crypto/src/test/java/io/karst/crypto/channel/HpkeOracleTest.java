package io.karst.crypto.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.key.Curve25519PublicKey;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.AEAD;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our HPKE beside BouncyCastle's: keys, sequence of nonces, and what is exported. */
class HpkeOracleTest {

  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
  private static final byte[] BOUND = {1, 2, 3};
  private static final byte[] EMPTY = {};

  /** Enough for the second byte of the number. */
  private static final int MESSAGES = 300;

  private final HPKE hpke = new HPKE(
      HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MATRIX_QR_CODE_LOGIN", "ein Zweck, größer als 64 Zeichen: 0123456789"})
  void whatWeSendBouncyCastleOpens(String info) throws Exception {
    AsymmetricCipherKeyPair pair = hpke.generatePrivateKey();
    Curve25519PublicKey theirs =
        Curve25519PublicKey.fromBytes(hpke.serializePublicKey(pair.getPublic()));
    Outgoing<HpkeSender, HpkeInitialMessage> out =
        HpkeSender.connect(info, theirs, HELLO, BOUND, new FixedRandom(1));
    byte[] sender = out.message().encapsulatedKey().bytes();
    HPKEContext context = hpke.setupBaseR(sender, pair, utf8(info));
    assertThat(context.open(BOUND, out.message().ciphertext().bytes())).isEqualTo(HELLO);

    byte[] nonce = new FixedRandom(2).next(32);
    AEAD responses = responses(context, info, sender, nonce);
    EstablishedChannel channel = out.channel()
        .complete(
            new HpkeInitialResponse(nonce, new ChannelMessage(responses.seal(BOUND, HELLO))), BOUND)
        .channel();

    for (int i = 0; i < MESSAGES; i++) {
      assertThat(context.open(EMPTY, channel.encrypt(HELLO).bytes())).isEqualTo(HELLO);
      assertThat(channel.decrypt(ChannelMessage.parse(responses.seal(EMPTY, HELLO))))
          .isEqualTo(HELLO);
    }
    assertThat(channel.checkCode().bytes())
        .isEqualTo(context.export(
            utf8(info + "_CHECKCODE|" + theirs.toBase64() + "|"
                + channel.publicKey().toBase64()),
            2));
  }

  @Test
  void whatBouncyCastleSendsWeOpen() throws Exception {
    HpkeRecipient recipient = HpkeRecipient.start("info", new FixedRandom(1));
    HPKEContextWithEncapsulation context =
        hpke.setupBaseS(new X25519PublicKeyParameters(recipient.publicKey().bytes()), utf8("info"));
    byte[] sender = context.getEncapsulation();

    Incoming<HpkeResponder> in = recipient.accept(
        new HpkeInitialMessage(
            Curve25519PublicKey.fromBytes(sender), new ChannelMessage(context.seal(BOUND, HELLO))),
        BOUND);
    Outgoing<EstablishedChannel, HpkeInitialResponse> out =
        in.channel().respond(HELLO, BOUND, new FixedRandom(2));

    assertThat(in.plaintext()).isEqualTo(HELLO);
    AEAD responses = responses(context, "info", sender, out.message().nonce());
    assertThat(responses.open(BOUND, out.message().ciphertext().bytes())).isEqualTo(HELLO);
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(out.channel().decrypt(ChannelMessage.parse(context.seal(EMPTY, HELLO))))
          .isEqualTo(HELLO);
      assertThat(responses.open(EMPTY, out.channel().encrypt(HELLO).bytes())).isEqualTo(HELLO);
    }
  }

  /** RFC 9458, section 4.4, by the extract and expand of BouncyCastle's context. */
  private static AEAD responses(HPKEContext context, String info, byte[] sender, byte[] nonce) {
    byte[] salt = org.bouncycastle.util.Arrays.concatenate(sender, nonce);
    byte[] key = context.extract(salt, context.export(utf8(info + "_RESPONSE"), 32));
    return new AEAD(
        HPKE.aead_CHACHA20_POLY1305,
        context.expand(key, utf8("key"), 32),
        context.expand(key, utf8("nonce"), 12));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
