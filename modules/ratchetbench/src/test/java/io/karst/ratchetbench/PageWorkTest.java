package io.karst.ratchetbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.megolm.PageResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageWorkTest {

  @ParameterizedTest
  @CsvSource({"1, 16", "2, 16", "2, 1"})
  void thePageIsReadWholeAndAgain(int threads, int senders) throws Exception {
    var work = new PageWork();
    work.threads = threads;
    work.senders = senders;
    work.prepare();
    for (int i = 0; i < 2; i++) {
      assertThat(work.read())
          .hasSize(PageWork.MESSAGES)
          .allMatch(PageResult.Opened.class::isInstance);
    }
    work.end();
  }
}
