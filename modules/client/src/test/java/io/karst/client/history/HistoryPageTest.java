package io.karst.client.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.hand.HandChannel;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.hand.HandVoices;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.wire.Entry;
import io.karst.proof.signature.SessionBindings;
import io.karst.proof.signature.Signatures;
import io.karst.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page of history that is opened on several threads tells what reading it one by one tells. */
class HistoryPageTest {

  private static final int PAGES = 6;
  private static final int ENTRIES_MAX = 64;

  @ParameterizedTest(name = "seed {0}, keys are kept: {1}")
  @CsvSource({"1,true", "2,true", "3,true", "1,false", "2,false"})
  void pagesWithReplaysGapsAndForgeriesTellTheSame(long seed, boolean keeps) throws Exception {
    HandVoices voices = new HandVoices(seed);
    List<Entry> all = new ArrayList<>();
    try (DeviceMemory atOnce = voices.memory(keeps);
        DeviceMemory oneByOne = voices.memory(keeps)) {
      for (int page = 0; page < PAGES; page++) {
        List<Entry> entries = voices.page(1 + all.size(), ENTRIES_MAX);
        all.addAll(entries);
        assertThat(read(atOnce, List.of(entries)))
            .as("seed %d, page %d", seed, page)
            .isEqualTo(read(oneByOne, entries.stream().map(List::of).toList()))
            .hasSize(entries.size());
      }
      List<ChannelEvent> told = read(atOnce, List.of(all));
      assertThat(told)
          .as("seed %d", seed)
          .anyMatch(ChannelEvent.Message.class::isInstance)
          .anyMatch(ChannelEvent.Unreadable.class::isInstance);
      assertThat(read(atOnce, List.of(all)))
          .as("seed %d: reading the past changes nothing", seed)
          .isEqualTo(told);
    }
  }

  /** Each list as one page. */
  private static List<ChannelEvent> read(DeviceMemory memory, List<List<Entry>> pages) {
    HandChannel watcher = HandChannel.watcher(
        new HandPhone(HandVoices.ANN, new VirtualTime(), new HandServer(), 20_271));
    return memory.transaction(store -> {
      var run = new HistoryRun(
          store, HandVoices.GROUP, HandVoices.ANN, new SessionBindings(new Signatures()), watcher);
      List<ChannelEvent> events = new ArrayList<>();
      pages.forEach(page -> events.addAll(run.read(page)));
      run.save();
      return events;
    });
  }
}
