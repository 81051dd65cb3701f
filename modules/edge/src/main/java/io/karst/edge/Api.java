package io.karst.edge;

import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.ServerBuilder;
import io.karst.actors.KarstActors;
import io.karst.edge.access.AccessMethods;
import io.karst.edge.access.LogPlaces;
import io.karst.edge.append.AppendMethods;
import io.karst.edge.append.FrameReader;
import io.karst.edge.audit.AuditMethods;
import io.karst.edge.auth.AccessTokens;
import io.karst.edge.auth.AuthMethods;
import io.karst.edge.auth.BearerInterceptor;
import io.karst.edge.auth.Challenges;
import io.karst.edge.auth.EnrolmentTokens;
import io.karst.edge.auth.ServerSecret;
import io.karst.edge.call.Failures;
import io.karst.edge.call.MessageLimits;
import io.karst.edge.call.RandomBytes;
import io.karst.edge.call.RequestIds;
import io.karst.edge.delivery.DeliveryMethods;
import io.karst.edge.device.DeviceMethods;
import io.karst.edge.device.KeyChecks;
import io.karst.edge.epoch.EpochPages;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.group.EpochMethods;
import io.karst.edge.group.GroupMethods;
import io.karst.edge.group.HistoryMethods;
import io.karst.edge.group.Proposals;
import io.karst.edge.owner.OwnerLogs;
import io.karst.edge.standing.DeviceStandings;
import io.karst.edge.stream.Streams;
import io.karst.edge.upload.Uploads;
import io.karst.proof.signature.DeviceKeys;
import io.karst.proof.signature.Signatures;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorSystem;

/** The whole API: its services, its interceptors and its limits, to be put onto a gRPC server. */
public final class Api {

  private final KarstActors actors;
  private final Access access;
  private final Failures failures;
  private final Streams streams;
  private final DeviceStandings standings;
  private final Uploads uploads;

  /** What decides who may call: tokens, challenges, enrolment. */
  public record Access(
      AccessTokens tokens, Challenges challenges, EnrolmentTokens enrolment, RequestIds requests) {

    /** Everything from one secret. */
    public static Access of(
        ServerSecret secret, EnrolmentTokens enrolment, InstantSource clock, RandomBytes random) {
      return new Access(
          new AccessTokens(secret, clock),
          new Challenges(secret, clock, random),
          enrolment,
          new RequestIds(random));
    }
  }

  public Api(ActorSystem<?> system, KarstActors actors, Access access) {
    this.actors = actors;
    this.access = access;
    this.failures = new Failures(access.requests());
    this.streams = new Streams(system);
    this.standings = new DeviceStandings(system, actors.members(), streams);
    this.uploads = new Uploads(
        (delay, task) ->
            system.scheduler().scheduleOnce(delay, task, system.executionContext())::cancel,
        failures);
  }

  /** Adds everything but health and reflection, which are the server's own. */
  public void configure(ServerBuilder<?> builder) {
    var signatures = new Signatures();
    var epochs = new EpochRecords(actors.groups(), actors.journal());
    var authentication = new AuthMethods(
        actors.members(), new DeviceKeys(signatures), access.challenges(), access.tokens());
    var devices =
        new DeviceMethods(actors.members(), access.enrolment(), new KeyChecks(signatures));
    var groups =
        new GroupMethods(actors.groups(), epochs, new Proposals(signatures, actors.members()));
    var owners = new OwnerLogs(actors.groups(), actors.members());
    var append = new AppendMethods(actors.groups(), epochs, owners, new FrameReader(signatures));
    var pages = new EpochPages(epochs);
    var past = new GroupMethods.Past(
        new EpochMethods(epochs, pages),
        new HistoryMethods(
            actors.groups(), actors.members(), actors.journal(), epochs, Ticker.systemTicker()));
    var readers = new AccessMethods(
        actors.groups(), actors.members(), new LogPlaces(actors.journal(), epochs), pages);
    builder
        .maxInboundMessageSize(MessageLimits.TRANSPORT_BYTES_MAX)
        .intercept(new BearerInterceptor(access.tokens(), standings, failures))
        .addService(authentication.bind(failures))
        .addService(devices.bind(failures))
        .addService(groups.bind(append, append.stream(streams, failures), past, uploads, failures))
        .addService(readers.bind(failures))
        .addService(new DeliveryMethods(actors, epochs, owners, streams, failures).bind())
        .addService(new AuditMethods(actors.journal(), streams, failures).bind());
  }

  /** Asks open streams to end: what is under way is answered, and clients connect elsewhere. */
  public void drain() {
    streams.drain();
  }
}
