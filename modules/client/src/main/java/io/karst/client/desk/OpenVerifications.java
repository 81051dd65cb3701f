package io.karst.client.desk;

import io.karst.client.api.verification.Trust.Way;
import io.karst.client.verification.HeardStep;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verifications that have not ended, and which steps were heard. On the device's thread. */
final class OpenVerifications {

  /** More than a person can look at. */
  private static final int OPEN_MAX = 32;

  /** Steps that are remembered, so that what two readers bring is taken once. */
  private static final int HEARD_MAX = 4_096;

  private final List<LiveVerification> open = new ArrayList<>();
  private final Set<Place> heard = new LinkedHashSet<>();

  private record Place(GroupId group, long offset) {}

  List<LiveVerification> all() {
    return List.copyOf(open);
  }

  boolean isFull() {
    return open.size() >= OPEN_MAX;
  }

  void add(LiveVerification verification) {
    open.add(verification);
  }

  void forgetEnded() {
    open.removeIf(verification -> verification.exchange().state().isEnd());
  }

  /** The one that a step belongs to. */
  Optional<LiveVerification> find(HeardStep step) {
    return open.stream()
        .filter(verification -> verification.id().equals(step.id()))
        .filter(verification -> verification.peer().equals(step.sender()))
        .filter(verification -> verification.group().equals(step.group()))
        .findFirst();
  }

  /** The one by a short string with a device. */
  Optional<LiveVerification> with(GroupId group, DeviceAddress peer) {
    return open.stream()
        .filter(verification -> verification.way() == Way.SHORT_STRING)
        .filter(verification -> verification.peer().equals(peer))
        .filter(verification -> verification.group().equals(group))
        .findFirst();
  }

  /**
   * The steps for this device that were not heard before. Requests that something follows on are
   * left out: they were answered in an earlier run, or taken back.
   *
   * @param steps in log order
   */
  List<HeardStep> unheard(List<HeardStep> steps, DeviceAddress self) {
    Set<Bytes> gone = new HashSet<>();
    steps.stream().filter(step -> !step.isRequest()).forEach(step -> gone.add(step.id()));
    return steps.stream()
        .filter(step -> isNew(new Place(step.group(), step.offset())))
        .filter(step -> !step.sender().equals(self))
        .filter(step -> step.addressed().to().equals(self))
        .filter(
            step -> step.isRequest() ? !gone.contains(step.id()) : find(step).isPresent())
        .toList();
  }

  private boolean isNew(Place place) {
    if (heard.size() >= HEARD_MAX) {
      heard.remove(heard.iterator().next());
    }
    return heard.add(place);
  }
}
