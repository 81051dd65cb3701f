package io.karst.proof.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Statement;
import io.karst.proof.statement.StatementWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final Signatures signatures = new Signatures();
  private final Signer signer = new Signer("phone", 1);
  private final Statement statement = StatementWriter.labelled("test").u64(7).statement();

  @Test
  void aSignatureHoldsForItsKeyAndStatementOnly() {
    Bytes signature = signer.sign(statement);
    Statement other = StatementWriter.labelled("test").u64(8).statement();
    Bytes otherKey = new Signer("phone", 2).publicKey();
    assertThat(verify(signature)).isEqualTo(Verdict.VALID);
    assertThat(verify(signature)).as("with a remembered key").isEqualTo(Verdict.VALID);
    assertThat(signatures.verify(signer.publicKey(), other, signature))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
    assertThat(signatures.verify(otherKey, statement, signature))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  @Test
  void oneFlippedBitAnywhereIsRefused() {
    byte[] signature = signer.sign(statement).toArray();
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(verify(Bytes.copyOf(flipped)))
          .as("bit %d", bit)
          .isEqualTo(Verdict.SIGNATURE_INVALID);
    }
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 32, 63, 65, 128})
  void aSignatureOfAnotherLengthIsRefused(int length) {
    byte[] cut = Arrays.copyOf(signer.sign(statement).toArray(), length);
    assertThat(verify(Bytes.copyOf(cut))).isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  @Test
  void addingTheOrderToTheScalarDoesNotMakeASecondSignature() {
    byte[] signature = signer.sign(statement).toArray();
    BigInteger s = littleEndian(signature, 32, 64);
    putLittleEndian(s.add(L), signature, 32);
    assertThat(verify(Bytes.copyOf(signature))).isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  @Test
  void aSmallOrderCommitmentIsRefusedThoughTheEquationHolds() {
    byte[] forged = withNeutralCommitment();
    byte[] message = statement.bytes().toArray();
    byte[] key = signer.publicKey().toArray();
    assertThat(Ed25519.verify(forged, 0, key, 0, message, 0, message.length)).isTrue();
    assertThat(verify(Bytes.copyOf(forged))).isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  @Test
  void keysOfSmallOrderAreRefused() {
    for (Bytes y : LowOrder.EDWARDS_Y) {
      for (Bytes key : List.of(y, withSignBit(y))) {
        assertThat(signatures.acceptable(key)).as(key.toHex()).isFalse();
        assertThat(signatures.verify(key, statement, signer.sign(statement)))
            .isEqualTo(Verdict.KEY_INVALID);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        "00",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void keysThatAreNoCanonicalPointAreRefused(String key) {
    assertThat(signatures.acceptable(Bytes.ofHex(key))).isFalse();
  }

  @Test
  void aKeyWithAPartOfSmallOrderIsRefused() {
    Bytes key = Bytes.ofHex("cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d");
    assertThat(Ed25519.validatePublicKeyPartial(key.toArray(), 0)).isTrue();
    assertThat(signatures.acceptable(key)).isFalse();
  }

  @Test
  void itStillVerifiesAfterMoreKeysThanItRemembers() {
    Bytes signature = signer.sign(statement);
    assertThat(verify(signature)).isEqualTo(Verdict.VALID);
    var small = new Signatures(2);
    var others = new ArrayList<Signer>();
    for (int seed = 10; seed < 14; seed++) {
      others.add(new Signer("phone", seed));
    }
    for (int round = 0; round < 2; round++) {
      for (Signer other : others) {
        assertThat(small.verify(other.publicKey(), statement, other.sign(statement)))
            .isEqualTo(Verdict.VALID);
        assertThat(small.remembered()).isLessThanOrEqualTo(2);
      }
    }
  }

  private Verdict verify(Bytes signature) {
    return signatures.verify(signer.publicKey(), statement, signature);
  }

  /** R is the neutral point, S = k a: only the owner of the secret scalar a can make it. */
  private byte[] withNeutralCommitment() {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    signature[0] = 1;
    byte[] k = Signer.sha512(
        Arrays.copyOf(signature, 32),
        signer.publicKey().toArray(),
        statement.bytes().toArray());
    putLittleEndian(littleEndian(k, 0, 64).multiply(signer.scalar()).mod(L), signature, 32);
    return signature;
  }

  private static Bytes withSignBit(Bytes y) {
    byte[] key = y.toArray();
    key[31] |= (byte) 0x80;
    return Bytes.copyOf(key);
  }

  static BigInteger littleEndian(byte[] bytes, int from, int to) {
    byte[] reversed = new byte[to - from];
    for (int i = from; i < to; i++) {
      reversed[to - 1 - i] = bytes[i];
    }
    return new BigInteger(1, reversed);
  }

  private static void putLittleEndian(BigInteger number, byte[] target, int from) {
    for (int i = 0; i < 32; i++) {
      target[from + i] = number.shiftRight(8 * i).byteValue();
    }
  }
}
