package io.karst.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent.Message;
import io.karst.client.api.ChannelEvent.SecurityWarning;
import io.karst.client.api.ChannelEvent.Unreadable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How every scenario ends: whoever is in the group has read each message of its epochs once and in
 * the order of the log, nobody has read another, all hold the same manifest, and the audit finds
 * nothing.
 *
 * <p>What could not be read as it came counts as read when the device found it later. Of epochs
 * that a reset gave up it is enough that the device was told.
 */
final class Ending {

  private static final String LAST_WORDS = "good night";

  private final Town town;
  private final Group group;

  Ending(Town town, Group group) {
    this.town = town;
    this.group = group;
  }

  void holds() {
    // Whoever has heard the last message has heard all that it will hear.
    group.founder().says(group, LAST_WORDS);
    Map<Long, String> said = group.said();
    Ledger ledger = town.ledger(group);
    assertThat(ledger.audit().findings()).isEmpty();
    assertThat(ledger.audit().sound()).isTrue();
    assertThat(ledger.messages()).as("said once each").hasSameElementsAs(said.keySet());
    for (Person person : town.people()) {
      boolean present = ledger.isPresent(person.address());
      if (present) {
        var unused = person.hears(group, LAST_WORDS);
      }
      assertThatItHasReadNothingElse(person, ledger, said);
      if (present) {
        assertThatItHasReadAll(person, ledger);
      }
    }
  }

  /** In the order of the log, nothing twice, nothing that was not said or not for its eyes. */
  private void assertThatItHasReadNothingElse(
      Person person, Ledger ledger, Map<Long, String> said) {
    Hearing hearing = person.hearing(group);
    List<Message> all = new ArrayList<>(hearing.messages());
    assertThat(offsets(all)).as("%s", person.address()).isSorted().doesNotHaveDuplicates();
    all.addAll(hearing.foundMessages());
    Set<Long> open = new HashSet<>(ledger.messagesGivenTo(person.address()));
    open.addAll(ledger.messagesFor(person.address()));
    assertThat(open).as("%s", person.address()).containsAll(offsets(all));
    all.forEach(message -> assertThat(Hearing.text(message)).isEqualTo(said.get(message.offset())));
  }

  private void assertThatItHasReadAll(Person person, Ledger ledger) {
    Hearing hearing = person.hearing(group);
    Set<Long> settled = new HashSet<>(offsets(hearing.messages()));
    settled.addAll(offsets(hearing.foundMessages()));
    settled.addAll(givenUp(hearing, ledger));
    assertThat(settled)
        .as("read by %s", person.address())
        .containsAll(ledger.messagesFor(person.address()));
    assertThat(hearing.all(SecurityWarning.class)).isEmpty();
    assertThat(person.channel(group).manifest()).contains(ledger.manifest());
  }

  private static Set<Long> givenUp(Hearing hearing, Ledger ledger) {
    return hearing.unreadable().stream()
        .map(Unreadable::offset)
        .filter(ledger::isGivenUp)
        .collect(Collectors.toSet());
  }

  private static List<Long> offsets(List<Message> messages) {
    return messages.stream().map(Message::offset).toList();
  }
}
