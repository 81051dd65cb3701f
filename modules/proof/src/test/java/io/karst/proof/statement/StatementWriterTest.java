package io.karst.proof.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementWriterTest {

  @Test
  void numbersAreBigEndianAndOfFixedWidth() {
    assertThat(hex(new StatementWriter().u8(0xff).u32(0x01020304).u64(0x05060708090a0b0cL)))
        .isEqualTo("ff" + "01020304" + "05060708090a0b0c");
    assertThat(hex(new StatementWriter().u8(0).u32(Integer.MAX_VALUE).u64(Long.MAX_VALUE)))
        .isEqualTo("00" + "7fffffff" + "7fffffffffffffff");
  }

  @Test
  void stringsAndBytesCarryTheirLengthInBytes() {
    assertThat(hex(new StatementWriter().str("é").bytes(Bytes.ofHex("0001")).str("")))
        .isEqualTo("00000002c3a9" + "000000020001" + "00000000");
  }

  @Test
  void listsCarryTheNumberOfTheirElements() {
    assertThat(hex(new StatementWriter().list(List.of(7, 8), StatementWriter::u8)))
        .isEqualTo("00000002" + "07" + "08");
    assertThat(hex(new StatementWriter().list(List.<Integer>of(), StatementWriter::u8)))
        .isEqualTo("00000000");
  }

  @Test
  void fieldsThatJoinToTheSameTextAreDifferentStatements() {
    Bytes one = StatementWriter.labelled("x").str("ab").str("c").statement().bytes();
    Bytes other = StatementWriter.labelled("x").str("a").str("bc").statement().bytes();
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aStatementGrowsAsFarAsItMust() {
    Bytes large = Samples.repeated(0x5a, 100_000);
    Bytes written = new StatementWriter().u8(1).raw(large).u8(2).statement().bytes();
    assertThat(written.length()).isEqualTo(100_002);
    assertThat(written.toHex()).startsWith("015a").endsWith("5a02");
  }

  @Test
  void numbersOutsideOfTheirFieldAreRefused() {
    var writer = new StatementWriter();
    assertThatThrownBy(() -> writer.u8(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u8(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u32(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u64(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsLeftAfterAReset() {
    StatementWriter writer = new StatementWriter().str("before");
    assertThat(hex(writer.reset().u8(9))).isEqualTo("09");
  }

  private static String hex(StatementWriter writer) {
    return writer.statement().bytes().toHex();
  }
}
