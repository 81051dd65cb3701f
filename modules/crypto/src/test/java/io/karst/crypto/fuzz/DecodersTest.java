package io.karst.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.fuzz.Decoders.Decoder;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer starts from is sound: seeds are accepted, and small damage is survived. */
class DecodersTest {

  private static final int DAMAGES = 30;

  static IntStream places() {
    return IntStream.range(0, FuzzTarget.all().size());
  }

  @ParameterizedTest
  @MethodSource("places")
  void everySeedIsAcceptedByItsDecoder(int place) throws Exception {
    Decoder decoder = FuzzTarget.all().get(place);

    assertThat(FuzzTarget.accepts(decoder, decoder.seed().bytes()))
        .as(decoder.name())
        .isTrue();
  }

  static Stream<Path> found() throws Exception {
    URL folder = Objects.requireNonNull(DecodersTest.class.getResource("/fuzz"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("found")
  void whatOnceDidNotHoldHolds(Path input) throws Exception {
    FuzzTarget.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @ParameterizedTest
  @MethodSource("places")
  void damagedSeedsAreRefusedOrHold(int place) {
    Random random = new Random(place);
    byte[] seed = FuzzTarget.seed(place);
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = seed.clone();
      damaged[1 + random.nextInt(seed.length - 1)] = (byte) random.nextInt();
      if (i % 3 == 0) {
        damaged = Arrays.copyOf(damaged, 1 + random.nextInt(seed.length + 3));
      }
      damaged[0] = seed[0];
      FuzzTarget.fuzzerTestOneInput(damaged);
    }
  }
}
