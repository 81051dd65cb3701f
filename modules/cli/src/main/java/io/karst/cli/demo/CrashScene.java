package io.karst.cli.demo;

import io.karst.client.api.ChannelEvent;
import io.karst.domain.group.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The server is killed in the middle of writes; nothing that it acknowledged is missing. */
record CrashScene(Narrator narrator, Seat ann, Seat carol) {

  private static final int MESSAGES = 60;

  void play(DemoServer server) {
    narrator.scene("The server is killed in the middle, and nothing acknowledged is missing");
    List<CompletableFuture<Receipt>> pending = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      pending.add(ann.channel().send(text(i)));
      if (i == MESSAGES / 3) {
        ann.await(pending.get(0));
      }
    }
    server.kill();
    long acknowledged = pending.stream()
        .filter(each -> each.isDone() && !each.isCompletedExceptionally())
        .count();
    narrator.tell(
        MESSAGES + " messages under way, " + acknowledged + " acknowledged: kill -9 to the server");
    server.start();
    narrator.tell(
        "the server is back; ann's device connects again and repeats what has no receipt");
    judge(pending.stream().map(ann::await).toList());
  }

  private void judge(List<Receipt> receipts) {
    narrator.check("every message has its receipt", receipts.size() == MESSAGES);
    narrator.check("carol reads every one", every(i -> carol.hears(text(i)).isPresent()));
    narrator.check("each of them once", every(i -> carol.ears().count(text(i)) == 1));
    narrator.check(
        "in the order in which ann wrote them",
        IntStream.range(1, MESSAGES)
            .allMatch(i -> receipts.get(i - 1).offset() < receipts.get(i).offset()));
    narrator.check(
        "each at the offset that its receipt names",
        every(i -> offset(text(i)) == receipts.get(i).offset()));
  }

  private long offset(String text) {
    return carol.hears(text).map(ChannelEvent.Message::offset).orElse(-1L);
  }

  private static boolean every(IntPredicate holds) {
    return IntStream.range(0, MESSAGES).allMatch(holds);
  }

  private static String text(int i) {
    return "message " + i;
  }
}
