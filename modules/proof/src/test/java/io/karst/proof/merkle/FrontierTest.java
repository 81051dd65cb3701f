package io.karst.proof.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Sha256;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontierTest {

  private static final int LEAVES = 300;

  /** The inputs of Certificate Transparency's reference tests. */
  private static final List<Bytes> REFERENCE = Stream.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f")
      .map(input -> Sha256.hash(Bytes.ofHex("00" + input)))
      .toList();

  /** Roots over the first n inputs, as every RFC 6962 implementation has them. */
  @ParameterizedTest(name = "{0} leaves")
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void rootsAreThoseOfCertificateTransparency(int size, String root) {
    assertThat(Frontier.EMPTY.append(REFERENCE.subList(0, size)).root().toHex()).isEqualTo(root);
  }

  @Test
  void rootsAgreeWithTheRecursionOfTheSpecificationAtEverySize() {
    List<Bytes> leaves = leaves(LEAVES);
    Frontier grown = Frontier.EMPTY;
    for (int size = 0; size <= LEAVES; size++) {
      assertThat(grown.head()).isEqualTo(new Head(size, NaiveTree.root(leaves.subList(0, size))));
      if (size < LEAVES) {
        grown = grown.append(List.of(leaves.get(size)));
      }
    }
  }

  @Test
  void itDoesNotMatterInWhichPortionsLeavesAreAppended() {
    List<Bytes> leaves = leaves(LEAVES);
    Frontier atOnce = Frontier.EMPTY.append(leaves);
    for (int cut = 0; cut <= LEAVES; cut++) {
      Frontier inTwo =
          Frontier.EMPTY.append(leaves.subList(0, cut)).append(leaves.subList(cut, LEAVES));
      assertThat(inTwo).as("cut at %d", cut).isEqualTo(atOnce);
    }
  }

  @Test
  void growingLeavesTheOriginalAsItWas() {
    Frontier before = Frontier.EMPTY.append(leaves(3));
    Bytes root = before.root();
    before.append(leaves(5));
    assertThat(before.size()).isEqualTo(3);
    assertThat(before.root()).isEqualTo(root);
  }

  @Test
  void whatIsNoFrontierIsRefused() {
    Bytes hash = REFERENCE.get(0);
    assertRefused(() -> new Frontier(-1, List.of()));
    assertRefused(() -> new Frontier(2, List.of()));
    assertRefused(() -> new Frontier(2, List.of(hash, hash)));
    assertRefused(() -> new Frontier(1, List.of(Bytes.ofHex("00"))));
    assertRefused(() -> Frontier.EMPTY.append(List.of(Bytes.ofHex("00"))));
    assertRefused(() -> new Head(-1, hash));
    assertRefused(() -> new Head(1, Bytes.EMPTY));
  }

  private static void assertRefused(Runnable construction) {
    assertThatThrownBy(construction::run).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Bytes> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Sha256.hash(Bytes.copyOf(new byte[] {0, (byte) (i >> 8), (byte) i})))
        .toList();
  }
}
