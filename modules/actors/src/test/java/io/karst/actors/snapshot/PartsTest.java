package io.karst.actors.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {

  private static final int MAX = Parts.BYTES_MAX;

  @ParameterizedTest
  @ValueSource(ints = {1, MAX - 1, MAX, MAX + 1, 2 * MAX, 3 * MAX + 7})
  void areTheWholeAgainAndNoneIsAboveTheBound(int length) {
    byte[] whole = bytes(length);
    List<ByteBuffer> parts = Parts.split(whole);
    assertThat(parts).allMatch(part -> part.remaining() <= MAX);
    assertThat(Parts.of(whole).join(parts)).hasValue(whole);
  }

  @Test
  void countOnlyWhenAllAreThereInOrderAndUnchanged() {
    byte[] whole = bytes(3 * MAX);
    Parts said = Parts.of(whole);
    List<ByteBuffer> parts = Parts.split(whole);
    assertThat(said.join(parts.subList(0, 2))).isEmpty();
    assertThat(said.join(List.of())).isEmpty();
    var mixed = new ArrayList<>(parts);
    Collections.swap(mixed, 0, 2);
    assertThat(said.join(mixed)).isEmpty();
    assertThat(said.join(List.of(parts.get(0), parts.get(0), parts.get(2)))).isEmpty();
    whole[MAX]++;
    assertThat(said.join(parts)).isEmpty();
  }

  @Test
  void areBounded() {
    Bytes hash = Bytes.copyOf(new byte[32]);
    assertThat(new Parts(Parts.COUNT_MAX, hash).count()).isEqualTo(256);
    assertThatThrownBy(() -> new Parts(Parts.COUNT_MAX + 1, hash))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Parts(0, hash)).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
