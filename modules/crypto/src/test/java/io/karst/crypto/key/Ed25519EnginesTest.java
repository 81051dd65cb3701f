package io.karst.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Wycheproof;
import io.karst.crypto.Wycheproof.Vector;
import io.karst.crypto.Wycheproof.Verdict;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.SignatureRejectedException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native implementation beside BouncyCastle's: the same answers, and the same signatures. */
class Ed25519EnginesTest {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final Ed25519Engine PORTABLE = PortableEd25519.INSTANCE;

  private static NativeEd25519 engine;

  @BeforeAll
  static void theProviderLoads() {
    // Read when the provider is loaded: without it there is no way to sign with care.
    System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
    boolean supported = System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
    assumeTrue(supported, "the native file of the tests is for Linux on x86-64 alone");
    Provider provider = Ed25519Implementation.onTheClassPath().orElseThrow();
    engine = new NativeEd25519(provider);
  }

  @Test
  void itPassesItsTestAndSigns() {
    assertThat(SelfTest.passes(engine)).isTrue();
    assertThat(engine.text()).startsWith("AmazonCorrettoCryptoProvider 2.").doesNotContain("alone");
  }

  @Test
  void bothJudgeSignaturesAsWycheproofSays() throws Exception {
    for (Ed25519Engine each : List.of(engine, PORTABLE)) {
      assertThat(Wycheproof.judge("ed25519_test.json", vector -> judge(each, vector)))
          .containsKeys(Verdict.VALID, Verdict.INVALID);
    }
  }

  private static void judge(Ed25519Engine each, Vector vector) {
    boolean accepted;
    try {
      accepted = accepts(
          each,
          Ed25519PublicKey.fromBytes(Wycheproof.publicKey(vector)),
          vector.bytes("msg"),
          vector.bytes("sig"));
    } catch (CryptoException refused) {
      accepted = false;
    }
    assertThat(accepted).isEqualTo(vector.valid());
  }

  /** What Wycheproof and the standard call valid, it accepts itself; the judge is not asked. */
  @Test
  void whatIsValidNeedsNoSecondOpinion() throws Exception {
    Wycheproof.judge("ed25519_test.json", vector -> {
      if (vector.valid()) {
        byte[] message = vector.bytes("msg");
        assertThat(engine.accepts(
                Ed25519PublicKey.fromBytes(Wycheproof.publicKey(vector)),
                message,
                message.length,
                Ed25519Signature.fromBytes(vector.bytes("sig"))))
            .isTrue();
      }
    });
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void bothSignAlikeAndJudgeAlikeWhateverIsFlipped(long seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      Ed25519SigningKey key = Ed25519SigningKey.generate(random::nextBytes);
      byte[] message = new byte[random.nextInt(600)];
      random.nextBytes(message);
      int length = random.nextInt(message.length + 1);
      byte[] signature = sign(PORTABLE, key, message, length);
      assertThat(sign(engine, key, message, length)).as("seed " + seed).isEqualTo(signature);

      byte[] signed = Arrays.copyOf(message, length);
      requireAlike(key.publicKey(), signed, signature, true, "seed " + seed);
      for (int i = 0; i < 20; i++) {
        byte[] flipped = signature.clone();
        int bit = random.nextInt(flipped.length * Byte.SIZE);
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        requireAlike(key.publicKey(), signed, flipped, false, "seed " + seed + " bit " + bit);
      }
      byte[] noise = new byte[Ed25519Signature.LENGTH];
      random.nextBytes(noise);
      requireAlike(key.publicKey(), signed, noise, false, "seed " + seed);
      requireAlike(
          Ed25519SigningKey.generate(random::nextBytes).publicKey(),
          signed,
          signature,
          false,
          "seed " + seed);
    }
  }

  @Test
  void bothRefuseAnScalarThatIsNotReduced() throws Exception {
    Ed25519SigningKey key = Ed25519SigningKey.generate(new FixedRandom(1));
    byte[] message = {1};
    byte[] signature = sign(PORTABLE, key, message, 1);
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64));
    for (int times = 1; times < 16; times++) {
      byte[] malleated = signature.clone();
      put(s.add(Ed25519Test.ORDER.multiply(BigInteger.valueOf(times))), malleated, 32);
      requireAlike(key.publicKey(), message, malleated, false, times + " orders");
    }
  }

  /** No point has these, or it has another encoding that is its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "0200000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
      })
  void bothRefuseAnRThatNobodyHonestSends(String r) throws Exception {
    Ed25519SigningKey key = Ed25519SigningKey.generate(new FixedRandom(2));
    byte[] message = {7, 7};
    byte[] nonce = new byte[32];
    requireAlike(
        key.publicKey(), message, owned(key, HexFormat.of().parseHex(r), nonce, message), false, r);
  }

  /**
   * Only who holds the key can make one. RFC 8032 accepts it with its cofactor; without, as the
   * native code computes, it is refused. So here the second opinion decides.
   */
  @Test
  void anRofMixedOrderIsJudgedByTheStandardWhicheverRuns() throws Exception {
    Ed25519SigningKey key = Ed25519SigningKey.generate(new FixedRandom(3));
    Ed25519SigningKey nonce = Ed25519SigningKey.generate(new FixedRandom(4));
    byte[] message = {9};
    byte[] scalar = Arrays.copyOf(nonce.expanded(ACCESS), 32);
    byte[] mixed = nonce.publicKey().bytes();
    boolean odd = mixed[31] < 0;
    mixed[31] &= 0x7f;
    // The point of order 2, added, negates both coordinates.
    put(PRIME.subtract(littleEndian(mixed)), mixed, 0);
    mixed[31] |= (byte) (odd ? 0 : 0x80);
    byte[] signature = owned(key, mixed, scalar, message);

    requireAlike(key.publicKey(), message, signature, true, "mixed order");
    assertThat(engine.accepts(
            key.publicKey(), message, message.length, Ed25519Signature.fromBytes(signature)))
        .as("by the native code alone")
        .isFalse();
  }

  /** A signature over {@code r}, of the key's owner: S = nonce + k·a. */
  private static byte[] owned(Ed25519SigningKey key, byte[] r, byte[] nonce, byte[] message)
      throws Exception {
    MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
    sha512.update(r);
    sha512.update(key.publicKey().bytes());
    BigInteger k = littleEndian(sha512.digest(message));
    BigInteger a = littleEndian(Arrays.copyOf(key.expanded(ACCESS), 32));
    byte[] signature = Arrays.copyOf(r, Ed25519Signature.LENGTH);
    put(littleEndian(nonce).add(k.multiply(a)).mod(Ed25519Test.ORDER), signature, 32);
    return signature;
  }

  @Test
  void aKeyWithoutASeedIsSignedWithInJava() throws Exception {
    Ed25519SigningKey seeded = Ed25519SigningKey.generate(new FixedRandom(5));
    Ed25519SigningKey expanded = Ed25519SigningKey.fromExpanded(seeded.expanded(ACCESS));

    Ed25519Signer signer = engine.signer(expanded);

    assertThat(signer.getClass()).isEqualTo(PORTABLE.signer(expanded).getClass());
    assertThat(signer.sign(new byte[3], 3)).isEqualTo(sign(engine, seeded, new byte[3], 3));
  }

  @Test
  void theNativeCopyOfAKeyIsReleasedWithIt() {
    Ed25519SigningKey key = Ed25519SigningKey.generate(new FixedRandom(6));
    Ed25519Signer signer = engine.signer(key);
    assertThat(signer.getClass()).isNotEqualTo(PORTABLE.signer(key).getClass());
    byte[] before = signer.sign(new byte[1], 1);
    assertThat(signer).hasToString("Signer of Ed25519SigningKey(secret)");
    assertThat(PORTABLE.signer(key)).hasToString("Signer of Ed25519SigningKey(secret)");

    signer.destroy();
    signer.destroy();

    assertThat(signer.isDestroyed()).isTrue();
    assertThat(signer.sign(new byte[1], 1)).as("the key is there still").isEqualTo(before);
    key.destroy();
    assertThatIllegalStateException().isThrownBy(() -> signer.sign(new byte[1], 1));
  }

  @Test
  void manyThreadsMayVerifyAndSignAtOnce() throws Exception {
    Ed25519SigningKey key = Ed25519SigningKey.generate(new FixedRandom(8));
    Ed25519Signer signer = engine.signer(key);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      byte[] message = {(byte) i, (byte) (i >> 8)};
      tasks.add(() -> {
        byte[] signature = signer.sign(message, 2);
        return Arrays.equals(signature, sign(PORTABLE, key, message, 2))
            && engine.accepts(key.publicKey(), message, 2, Ed25519Signature.fromBytes(signature));
      });
    }
    for (Future<Boolean> each : pool.invokeAll(tasks)) {
      assertThat(each.get()).isTrue();
    }
    pool.shutdown();
  }

  @Test
  void itIsChosenWhereItLoadsAndPassesAndUnlessItIsSwitchedOff() {
    Optional<Provider> found = Ed25519Implementation.onTheClassPath();

    var chosen = Ed25519Implementation.chosen("", () -> found);
    assertThat(chosen.chosenEngine()).isInstanceOf(NativeEd25519.class);
    assertThat(chosen).hasToString(engine.text());

    var off = Ed25519Implementation.chosen(Ed25519Implementation.OFF, () -> found);
    assertThat(off.chosenEngine()).isSameAs(PORTABLE);
    assertThat(off).hasToString("BouncyCastle (native code is switched off)");
  }

  private static void requireAlike(
      Ed25519PublicKey key, byte[] message, byte[] signature, boolean expected, String context)
      throws CryptoException {
    assertThat(accepts(PORTABLE, key, message, signature)).as(context).isEqualTo(expected);
    assertThat(accepts(engine, key, message, signature)).as(context).isEqualTo(expected);
  }

  private static boolean accepts(
      Ed25519Engine each, Ed25519PublicKey key, byte[] message, byte[] signature)
      throws CryptoException {
    try {
      key.verify(each, message, message.length, Ed25519Signature.fromBytes(signature));
      return true;
    } catch (SignatureRejectedException e) {
      return false;
    }
  }

  private static byte[] sign(
      Ed25519Engine each, Ed25519SigningKey key, byte[] message, int length) {
    try (Ed25519Signer signer = each.signer(key)) {
      return signer.sign(message, length);
    }
  }

  private static void put(BigInteger number, byte[] target, int from) {
    for (int i = 0; i < 32; i++) {
      target[from + i] = number.shiftRight(Byte.SIZE * i).byteValue();
    }
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }
}
