package io.karst.bench.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.envelope.MegolmMessage;
import io.karst.wire.v1.Envelope;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeSourceTest {

  private static final long SEED = 7;

  @ParameterizedTest(name = "index {0}, seed 7")
  @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, 4_294_967_295L})
  void ciphertextHasTheFormOfAMegolmMessage(long index) {
    var ciphertext = MegolmShape.of(index, 300, new SplittableRandom(SEED));

    var message = MegolmMessage.parse(Bytes.copyOf(ciphertext.asReadOnlyByteBuffer()));

    assertThat(message).contains(new MegolmMessage(index, 304));
  }

  @ParameterizedTest(name = "payload {0}, seed 7")
  @ValueSource(ints = {1, 15, 16, 17, 300, 2_000, 65_000})
  void paddingFillsTheLastBlockAsCbcDoes(int payload) {
    var ciphertext = MegolmShape.of(1, payload, new SplittableRandom(SEED));

    var message = MegolmMessage.parse(Bytes.copyOf(ciphertext.asReadOnlyByteBuffer()));

    assertThat(message.orElseThrow().ciphertextLength()).isBetween(payload + 1, payload + 16);
  }

  @Test
  void envelopesCountUpAndHaveClientIdsOfTheirOwn() {
    var source = new EnvelopeSource(
        DeviceAddress.of("ann", "phone"),
        ByteString.copyFrom(new byte[32]),
        300,
        new SplittableRandom(SEED));

    Envelope first = source.next();
    Envelope second = source.next();

    assertThat(first.getMessageIndex()).isZero();
    assertThat(second.getMessageIndex()).isEqualTo(1);
    assertThat(source.nextIndex()).isEqualTo(2);
    assertThat(second.getClientId()).isNotEqualTo(first.getClientId());
  }
}
