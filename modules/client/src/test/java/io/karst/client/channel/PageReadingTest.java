package io.karst.client.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.hand.HandVoices;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.store.GroupRow;
import io.karst.client.store.InboundRow;
import io.karst.client.wire.LogItem;
import io.karst.domain.bytes.Bytes;
import io.karst.proof.signature.SessionBindings;
import io.karst.proof.signature.Signatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page that is opened on several threads tells what reading it one by one tells. */
class PageReadingTest {

  private static final int PAGES = 6;

  @ParameterizedTest(name = "seed {0}, keys are kept: {1}")
  @CsvSource({"1,true", "2,true", "1,false", "2,false"})
  void pagesWithReplaysGapsAndForgeriesTellTheSame(long seed, boolean keeps) throws Exception {
    HandVoices voices = new HandVoices(seed);
    try (DeviceMemory atOnce = voices.memory(keeps);
        DeviceMemory oneByOne = voices.memory(keeps)) {
      long offset = 1;
      for (int page = 0; page < PAGES; page++) {
        List<LogStep> steps = voices.page(offset, Reader.STEPS_MAX).stream()
            .map(entry -> new LogItem(entry, Bytes.copyOf(new byte[32]), Optional.empty()))
            .map(item -> LogStep.entry(item, 1))
            .toList();
        offset += steps.size();
        assertThat(read(atOnce, List.of(steps)))
            .as("seed %d, page %d", seed, page)
            .isEqualTo(read(oneByOne, steps.stream().map(List::of).toList()));
        assertThat(heard(atOnce)).as("seed %d, page %d", seed, page).isEqualTo(heard(oneByOne));
      }
    }
  }

  private static List<ChannelEvent> read(DeviceMemory memory, List<List<LogStep>> pages) {
    return memory.transaction(store -> {
      GroupRow row = store.tables().groups().find(HandVoices.GROUP).orElseThrow();
      var bindings = new SessionBindings(new Signatures());
      ReadRun run = new ReadRun(store, row, HandVoices.ANN, bindings, Map.of());
      List<ChannelEvent> events = new ArrayList<>();
      pages.forEach(page -> run.read(page).forEach(events::addAll));
      run.save(store);
      return events;
    });
  }

  private static List<Bytes> heard(DeviceMemory memory) {
    return memory.transaction(
        store -> store.tables().sessions().inbound(HandVoices.GROUP, 1, 1).stream()
            .map(InboundRow::heard)
            .toList());
  }
}
