package io.karst.client.desk;

import io.karst.client.api.Content;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.verification.Trust;
import io.karst.client.api.verification.Trust.VerifiedDevice;
import io.karst.client.api.verification.Trust.Way;
import io.karst.client.api.verification.Verification;
import io.karst.client.api.verification.VerificationCode;
import io.karst.client.api.verification.VerificationState;
import io.karst.client.api.verification.Verifications;
import io.karst.client.epoch.Directory;
import io.karst.client.transport.Failures;
import io.karst.client.verification.Exchange;
import io.karst.client.verification.HeardStep;
import io.karst.client.verification.Party;
import io.karst.client.verification.Step;
import io.karst.client.verification.StepForm;
import io.karst.client.verification.Terms;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Lane;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a device's verifications, one step after another. What the application calls is thread-safe;
 * all else is for the device's thread.
 */
public final class Desk implements Verifications {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final DeviceContext context;
  private final Parties parties;
  private final Outside outside;
  private final Lane lane;
  private final Watches watches;
  private final OpenVerifications open = new OpenVerifications();

  /**
   * What the desk needs of its device.
   *
   * @param send to a group, in the order of the calls; completes once the log holds it
   * @param requested hears of what others ask for
   */
  public record Outside(
      BiFunction<GroupId, Content, CompletableFuture<Receipt>> send,
      Consumer<Verification> requested) {}

  public Desk(DeviceContext context, Directory directory, Outside outside) {
    this.context = context;
    this.parties = new Parties(context, directory);
    this.outside = outside;
    this.lane = new Lane(context.loop());
    this.watches = new Watches(context, this::heard, this::tick);
  }

  @Override
  public CompletableFuture<Verification> start(GroupId group, DeviceAddress peer) {
    return context.serve(() -> ready(group, peer)
        .thenComposeAsync(
            ready -> lane.run(() -> {
              Optional<LiveVerification> pending = open.with(group, peer);
              return pending.isPresent() ? joined(pending.get()) : asked(group, peer);
            }),
            context.loop()));
  }

  @Override
  public CompletableFuture<Verification> show(GroupId group, DeviceAddress peer) {
    return context.serve(() -> ready(group, peer)
        .thenApplyAsync(
            ready -> {
              Terms terms = terms(fresh(), peer, false);
              Exchange exchange = Exchange.showing(terms, group, context.random(), now());
              var place = new LiveVerification.Place(group, peer, Way.CODE);
              return added(place, terms.id(), exchange);
            },
            context.loop()));
  }

  @Override
  public CompletableFuture<Verification> scanned(VerificationCode code) {
    return context.serve(() -> {
      if (!code.reader().device().equals(context.self())) {
        throw Parties.impossible("the code is for " + code.reader().device());
      }
      DeviceAddress peer = code.shower().device();
      requireTogether(code.group(), peer);
      return parties
          .refresh(peer.member())
          .thenComposeAsync(fresh -> read(code, peer), context.loop());
    });
  }

  private CompletableFuture<Verification> read(VerificationCode code, DeviceAddress peer) {
    Terms terms = terms(code.transactionId(), peer, true);
    Exchange exchange = Exchange.reading(terms, code, context.random(), now());
    var place = new LiveVerification.Place(code.group(), peer, Way.CODE);
    LiveVerification made = made(place, terms.id(), exchange);
    if (exchange.state() instanceof VerificationState.Verified) {
      store(made);
    }
    return send(made, List.of(exchange.answer(code))).thenApply(sent -> made);
  }

  @Override
  public CompletableFuture<Void> watch(GroupId group) {
    return context.serve(() -> {
      requireKnown(group);
      return watches.watch(group);
    });
  }

  @Override
  public Trust trust(MemberId member) {
    return context.now(memory -> Parties.trust(memory, member));
  }

  @Override
  public List<Trust> verified() {
    return context.now(memory -> memory.tables().trust().members().stream()
        .map(member -> Parties.trust(memory, member))
        .toList());
  }

  /** Steps that somebody has read in a group, in log order; some may have been heard before. */
  public void heard(List<HeardStep> steps) {
    for (HeardStep step : open.unheard(steps, context.self())) {
      var unused = lane.run(() -> take(step)).whenComplete((taken, failure) -> {
        if (failure != null) {
          LOG.warn(
              "a step of a verification is passed by: {}", Failures.of(failure).getMessage());
        }
      });
    }
  }

  /** This person says something. */
  CompletableFuture<Void> act(
      LiveVerification verification, Function<Exchange, List<Step>> action) {
    return context.serve(() -> {
      List<Step> steps = action.apply(verification.exchange());
      CompletableFuture<Void> sent = send(verification, steps);
      tell(verification);
      return sent;
    });
  }

  private CompletableFuture<Void> ready(GroupId group, DeviceAddress peer) {
    requireTogether(group, peer);
    return parties
        .refresh(peer.member())
        .thenComposeAsync(fresh -> watches.watch(group), context.loop());
  }

  private CompletableFuture<Verification> joined(LiveVerification pending) {
    CompletableFuture<Void> sent = send(pending, pending.exchange().accept());
    tell(pending);
    return sent.thenApply(done -> pending);
  }

  private CompletableFuture<Verification> asked(GroupId group, DeviceAddress peer) {
    Terms terms = terms(fresh(), peer, true);
    Exchange exchange = Exchange.asking(terms, context.random(), now());
    var place = new LiveVerification.Place(group, peer, Way.SHORT_STRING);
    LiveVerification made = added(place, terms.id(), exchange);
    // Which of two requests that cross is taken follows from their order in the log.
    return sendOne(made, exchange.request())
        .thenApplyAsync(
            receipt -> {
              made.asked(receipt.offset());
              return made;
            },
            context.loop());
  }

  private CompletableFuture<Void> take(HeardStep step) {
    if (!step.isRequest() && open.find(step).isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return parties
        .refresh(step.sender().member())
        .handleAsync(
            (fresh, failure) -> {
              hear(step, Optional.ofNullable(failure).map(Failures::of));
              return null;
            },
            context.loop());
  }

  /** Who cannot be looked up now is taken as it is known; a chain that does not verify is not. */
  private void hear(HeardStep step, Optional<Throwable> failure) {
    boolean falseChain = failure.filter(SecurityViolation.class::isInstance).isPresent();
    Optional<Party> peer = parties.find(step.sender()).filter(party -> !falseChain);
    Optional<LiveVerification> known = open.find(step);
    if (known.isPresent()) {
      Exchange exchange = known.get().exchange();
      say(known.get(), peer.map(exchange::learn).orElseGet(exchange::distrust));
      say(known.get(), exchange.hear(step.step()));
      tell(known.get());
    } else if (step.step() instanceof Step.Request request && peer.isPresent()) {
      requested(step, request);
    }
  }

  private void requested(HeardStep step, Step.Request request) {
    if (!Exchange.isFresh(request, now())) {
      return;
    }
    Optional<Step.Cancel> refusal = Exchange.refusal(request);
    if (refusal.isPresent()) {
      var unused =
          post(step.group(), new StepForm.Addressed(step.id(), step.sender(), refusal.get()));
      return;
    }
    Exchange offered =
        Exchange.offered(terms(step.id(), step.sender(), false), context.random(), now());
    Optional<LiveVerification> with = open.with(step.group(), step.sender());
    if (with.isEmpty()) {
      var place = new LiveVerification.Place(step.group(), step.sender(), Way.SHORT_STRING);
      outside.requested().accept(added(place, step.id(), offered));
    } else if (with.get().isOffered()) {
      with.get().continueAs(step.id(), offered);
    } else if (with.get().askedAt().filter(offset -> offset < step.offset()).isPresent()) {
      // Of two requests that cross, the later one in the log is taken by both sides.
      with.get().continueAs(step.id(), offered);
      say(with.get(), offered.accept());
    }
  }

  private void tick() {
    Instant now = now();
    for (LiveVerification verification : open.all()) {
      say(verification, verification.exchange().tick(now));
      tell(verification);
    }
  }

  private void tell(LiveVerification verification) {
    if (verification.tell()) {
      store(verification);
    }
    open.forgetEnded();
  }

  private void store(LiveVerification verification) {
    Party peer = verification.exchange().peer();
    var row = new VerifiedDevice(
        peer.address(),
        peer.identity().ed25519Key(),
        peer.root(),
        peer.version(),
        verification.way(),
        now());
    context.memory().transaction(memory -> {
      memory.tables().trust().save(row);
      return true;
    });
  }

  private LiveVerification added(LiveVerification.Place place, Bytes id, Exchange exchange) {
    if (open.isFull()) {
      throw Parties.impossible("too many verifications are open");
    }
    LiveVerification made = made(place, id, exchange);
    open.add(made);
    return made;
  }

  private LiveVerification made(LiveVerification.Place place, Bytes id, Exchange exchange) {
    return new LiveVerification(place, id, exchange, this, context.subscribers());
  }

  private void say(LiveVerification verification, List<Step> steps) {
    var unused = send(verification, steps);
  }

  private CompletableFuture<Void> send(LiveVerification verification, List<Step> steps) {
    return CompletableFuture.allOf(
        steps.stream().map(step -> sendOne(verification, step)).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Receipt> sendOne(LiveVerification verification, Step step) {
    return post(
        verification.group(), new StepForm.Addressed(verification.id(), verification.peer(), step));
  }

  private CompletableFuture<Receipt> post(GroupId group, StepForm.Addressed step) {
    return outside.send().apply(group, StepForm.encode(step));
  }

  private Terms terms(Bytes id, DeviceAddress peer, boolean asked) {
    return new Terms(id, parties.self(), parties.peer(peer), asked);
  }

  private Bytes fresh() {
    return Bytes.copyOf(context.random().next(Terms.ID_LENGTH));
  }

  private Instant now() {
    return context.clock().instant();
  }

  private void requireTogether(GroupId group, DeviceAddress peer) {
    requireKnown(group);
    boolean there = context
        .memory()
        .transaction(memory -> memory.tables().epochs().newest(group))
        .flatMap(row -> row.manifest().manifest().entry(peer))
        .isPresent();
    if (!there || peer.equals(context.self())) {
      throw Parties.impossible(peer + " is no other device of this group's newest epoch");
    }
  }

  private void requireKnown(GroupId group) {
    if (context
        .memory()
        .transaction(memory -> memory.tables().groups().find(group))
        .isEmpty()) {
      throw new LocalMistake(
          LocalMistake.Kind.UNKNOWN_GROUP, "this device knows no group " + group);
    }
  }
}
