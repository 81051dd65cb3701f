package io.karst.client.owner;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.SecurityProblem;
import io.karst.client.channel.LogPlace;
import io.karst.client.channel.LogStep;
import io.karst.client.channel.StepReader;
import io.karst.client.epoch.Directory;
import io.karst.client.memory.Unsealed;
import io.karst.client.store.GroupRow;
import io.karst.client.store.Position;
import io.karst.client.wire.Entry;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Listener;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the log of the member's own devices. Used on the device's thread, for one run at a time.
 *
 * <p>A message opens once, so what was opened is stored with the sessions before it is delivered,
 * and forgotten with the place behind it: a crash in between delivers it again.
 */
final class OwnerReader implements StepReader {

  private final DeviceContext context;
  private final GroupId log;
  private final Directory directory;
  private final OwnerOpening opening;

  OwnerReader(DeviceContext context, GroupId log, Directory directory, OwnerRepair repair) {
    this.context = context;
    this.log = log;
    this.directory = directory;
    this.opening = new OwnerOpening(context, repair);
  }

  @Override
  public GroupRow row() {
    return context.memory().transaction(this::row);
  }

  private GroupRow row(Unsealed memory) {
    Optional<GroupRow> known = memory.tables().groups().find(log);
    if (known.isPresent()) {
      return known.get();
    }
    var added = new GroupRow(log, log.value(), GroupRow.Standing.OWNER, 1, Position.BEGINNING);
    memory.tables().groups().save(added);
    return added;
  }

  @Override
  public CompletableFuture<Integer> read(List<LogStep> steps, Listener<ChannelEvent> listener) {
    return known(steps)
        .thenComposeAsync(ready -> deliver(steps, told(steps), listener), context.loop());
  }

  /** Devices that a message names must be known; the server is asked for those that are not. */
  private CompletableFuture<Boolean> known(List<LogStep> steps) {
    List<DeviceList> pinned = context
        .memory()
        .transaction(memory -> memory.tables().pins().of(context.self().member()));
    boolean known = steps.stream()
        .flatMap(step -> step.item().stream())
        .filter(item -> item.entry() instanceof Entry.OwnerSaid)
        .map(item -> ((Entry.OwnerSaid) item.entry()).header().deviceListVersion())
        .allMatch(version -> pinned.stream().anyMatch(list -> list.version() == version));
    return known
        ? CompletableFuture.completedFuture(true)
        : directory.newest(List.of(context.self().member())).thenApply(lists -> true);
  }

  private List<List<ChannelEvent>> told(List<LogStep> steps) {
    return context.memory().transaction(memory -> {
      LogPlace place = new LogPlace(memory, row(memory));
      List<List<ChannelEvent>> events = new ArrayList<>();
      steps.forEach(step -> events.add(told(memory, place, step)));
      return events;
    });
  }

  private List<ChannelEvent> told(Unsealed memory, LogPlace place, LogStep step) {
    List<ChannelEvent> events = new ArrayList<>();
    step.item().ifPresent(item -> {
      if (item.entry() instanceof Entry.OwnerSaid said
          && !said.header().sender().equals(context.self())) {
        opening.read(memory, said).ifPresent(events::add);
      }
      place
          .pass(item, context.self())
          .ifPresent(fork -> events.add(warning(item.entry().offset(), fork)));
    });
    step.reached().ifPresent(head -> {
      place.reach(head);
      events.add(new ChannelEvent.CaughtUp(head.size()));
    });
    return events;
  }

  private static ChannelEvent warning(long offset, SecurityProblem problem) {
    return new ChannelEvent.SecurityWarning(offset, problem);
  }

  private CompletableFuture<Integer> deliver(
      List<LogStep> steps, List<List<ChannelEvent>> events, Listener<ChannelEvent> listener) {
    return listener
        .deliver(events.stream().flatMap(List::stream).toList())
        .thenApplyAsync(count -> store(steps, covered(events, count)), context.loop());
  }

  /** How many steps the first so many events cover. */
  private static int covered(List<List<ChannelEvent>> events, int count) {
    int covered = 0;
    int left = count;
    while (covered < events.size() && events.get(covered).size() <= left) {
      left -= events.get(covered).size();
      covered++;
    }
    return covered;
  }

  private int store(List<LogStep> steps, int taken) {
    context.memory().transaction(memory -> {
      LogPlace place = new LogPlace(memory, row(memory));
      for (LogStep step : steps.subList(0, taken)) {
        step.item().ifPresent(item -> place.pass(item, context.self()));
        step.reached().ifPresent(place::reach);
      }
      place.save(memory);
      memory.tables().owner().forgetHeardBefore(row(memory).position().nextOffset());
      return true;
    });
    return taken;
  }
}
