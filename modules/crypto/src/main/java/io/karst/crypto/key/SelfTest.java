package io.karst.crypto.key;

import io.karst.crypto.error.CryptoException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What a native engine must know before it is used: the vectors of RFC 8032, and no more. */
final class SelfTest {

  private static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** RFC 8032, section 7.1, tests 1 to 3. */
  private static final List<Vector> VECTORS = List.of(
      new Vector(
          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
          "",
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
              + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
      new Vector(
          "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
          "72",
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
      new Vector(
          "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
          "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
          "af82",
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
              + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));

  private SelfTest() {}

  private record Vector(String seed, String publicKey, String message, String signature) {}

  /** Whether it signs and judges as it should. */
  static boolean passes(NativeEd25519 engine) {
    try {
      for (Vector vector : VECTORS) {
        if (!signs(engine, vector) || !judges(engine, vector)) {
          return false;
        }
      }
      return true;
    } catch (CryptoException e) {
      throw new IllegalStateException("the vectors of the standard are well formed", e);
    }
  }

  private static boolean signs(NativeEd25519 engine, Vector vector) throws CryptoException {
    byte[] message = hex(vector.message());
    try (Ed25519SigningKey key = Ed25519SigningKey.fromSeed(hex(vector.seed()));
        Ed25519Signer signer = engine.signer(key)) {
      return Arrays.equals(signer.sign(message, message.length), hex(vector.signature()));
    }
  }

  private static boolean judges(NativeEd25519 engine, Vector vector) throws CryptoException {
    Ed25519PublicKey key = Ed25519PublicKey.fromBytes(hex(vector.publicKey()));
    byte[] message = hex(vector.message());
    byte[] signature = hex(vector.signature());
    byte[] longer = Arrays.copyOf(message, message.length + 1);
    return accepts(engine, key, message, signature)
        && !accepts(engine, key, longer, signature)
        && !accepts(engine, key, message, flipped(signature, 0))
        && !accepts(engine, key, message, flipped(signature, Ed25519Signature.LENGTH / 2))
        && !accepts(engine, key, message, withOrderAdded(signature));
  }

  private static boolean accepts(
      NativeEd25519 engine, Ed25519PublicKey key, byte[] message, byte[] signature)
      throws CryptoException {
    return engine.accepts(key, message, message.length, Ed25519Signature.fromBytes(signature));
  }

  private static byte[] flipped(byte[] signature, int at) {
    byte[] flipped = signature.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  /** The same S, not reduced: who accepts it lets anybody make a second signature of one. */
  private static byte[] withOrderAdded(byte[] signature) {
    int half = Ed25519Signature.LENGTH / 2;
    byte[] bigEndian = new byte[half];
    for (int i = 0; i < half; i++) {
      bigEndian[i] = signature[signature.length - 1 - i];
    }
    byte[] sum = new BigInteger(1, bigEndian).add(ORDER).toByteArray();
    byte[] altered = Arrays.copyOf(signature, signature.length);
    for (int i = 0; i < half; i++) {
      altered[half + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
    }
    return altered;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
