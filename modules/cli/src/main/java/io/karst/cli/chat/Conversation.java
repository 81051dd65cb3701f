package io.karst.cli.chat;

import io.karst.cli.FailureReport;
import io.karst.cli.output.Table;
import io.karst.cli.session.Session;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Does what typed lines ask for. Each answers whether the chat goes on; a failure is shown and the
 * chat goes on.
 *
 * <p>Used by the thread that reads the typing.
 */
final class Conversation implements ChatLine.Cases<Boolean> {

  private static final String HELP = """
      /members          who is in the group
      /rotate           start a new epoch with a fresh key
      /add MEMBER       add a member, who reads what is said from then on
      /remove MEMBER    remove a member, who reads nothing of what is said from then on
      /leave            leave the group
      /quit             end the chat
      //text            say /text""";

  private final Session session;
  private final GroupChannel channel;
  private final Screen screen;
  private Optional<CompletableFuture<Receipt>> lastSent = Optional.empty();

  Conversation(Session session, GroupChannel channel, Screen screen) {
    this.session = session;
    this.channel = channel;
    this.screen = screen;
  }

  /** Waits until what was said is in the log. */
  void finish() {
    lastSent.ifPresent(sent -> tried(() -> session.await(sent)));
  }

  @Override
  public Boolean nothing() {
    return true;
  }

  @Override
  public Boolean say(String text) {
    return tried(() -> {
      lastSent = Optional.of(channel.send(text).whenComplete(this::showNotSent));
    });
  }

  @Override
  public Boolean members() {
    return tried(() -> {
      var table = new Table("MEMBER", "ROLE");
      session
          .await(channel.members())
          .forEach(each -> table.add(each.id().value(), UserText.of(each.role())));
      screen.print(text(table));
    });
  }

  @Override
  public Boolean rotate() {
    return tried(() -> session.await(channel.rotate()));
  }

  @Override
  public Boolean add(String member) {
    return tried(() -> session.await(channel.add(UserText.member(member))));
  }

  @Override
  public Boolean remove(String member) {
    return tried(() -> session.await(channel.remove(UserText.member(member))));
  }

  @Override
  public Boolean leave() {
    return !succeeded(() -> session.await(channel.leave()));
  }

  @Override
  public Boolean help() {
    screen.print(HELP);
    return true;
  }

  @Override
  public Boolean quit() {
    return false;
  }

  @Override
  public Boolean mistake(String explanation) {
    screen.print(explanation);
    return true;
  }

  /** Called by the SDK's threads. */
  private void showNotSent(@Nullable Receipt receipt, @Nullable Throwable failure) {
    if (failure != null) {
      screen.print("not sent: " + FailureReport.oneLine(failure));
    }
  }

  /** Does something; shows why when it fails. The chat goes on in both cases. */
  private boolean tried(Runnable action) {
    succeeded(action);
    return true;
  }

  private boolean succeeded(Runnable action) {
    try {
      action.run();
      return true;
    } catch (RuntimeException e) {
      screen.print(FailureReport.oneLine(e));
      return false;
    }
  }

  private static String text(Table table) {
    var bytes = new ByteArrayOutputStream();
    table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
