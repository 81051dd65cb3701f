package io.karst.client.epoch;

import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.memory.Unsealed;
import io.karst.client.recovery.Climb;
import io.karst.client.session.EpochOpening;
import io.karst.client.session.HeardSession;
import io.karst.client.session.ManifestTrust;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.EpochRow;
import io.karst.client.store.GroupRow;
import io.karst.client.store.Position;
import io.karst.client.wire.EpochNews;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.proof.signature.SessionBindings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies an epoch and stores what its key opens, in one transaction. Used on the device's thread.
 *
 * <p>Order: the manifest's chain and signature, its roster against the pinned devices, this
 * device's own keys; then the sealed key, by a session of the committer that the roster names; then
 * manifest hash and commitment inside. Whatever fails, nothing after it is done.
 */
final class EpochInstaller {

  private static final Logger LOG = LoggerFactory.getLogger(EpochInstaller.class);

  private final DeviceContext context;
  private final EpochWatcher watcher;
  private final EpochComplaints complaints;
  private final ManifestTrust trust;
  private final SessionBindings bindings;

  EpochInstaller(DeviceContext context, EpochWatcher watcher) {
    this.context = context;
    this.watcher = watcher;
    this.complaints = new EpochComplaints(context);
    this.trust = new ManifestTrust(context.signatures(), context.self(), context.identity());
    this.bindings = new SessionBindings(context.signatures());
  }

  /**
   * Installs an epoch that follows the newest one installed, or is the group's first on this
   * device.
   *
   * @param previous the newest manifest installed
   */
  void install(EpochNews news, Optional<SignedManifest> previous) {
    boolean joined = context.memory().transaction(memory -> install(memory, news, previous));
    if (joined) {
      watcher.joined(news.group());
    }
    watcher.installed(news.group());
  }

  /** Opens the key of an epoch that is installed but lost, if it can be opened after all. */
  void reopen(EpochRow lost, EpochNews news) {
    compare(lost, news);
    context.memory().transaction(memory -> {
      open(memory, news).ifPresent(opening -> opening.match(new Reopened(memory, lost, news)));
      return true;
    });
    watcher.installed(news.group());
  }

  /**
   * Takes up the sessions of an epoch that is installed; throws {@link SecurityViolation} when it
   * is another one.
   */
  void compare(EpochRow installed, EpochNews news) {
    if (!installed.manifest().hash().equals(news.manifest().hash())) {
      throw violation(news.manifest().manifest(), Flaw.TWO_STATEMENTS);
    }
    context.memory().transaction(memory -> {
      bind(memory, installed, news.sessions());
      return true;
    });
  }

  private boolean install(Unsealed memory, EpochNews news, Optional<SignedManifest> previous) {
    Manifest manifest = news.manifest().manifest();
    var known =
        new ManifestTrust.Known(news.group(), news.epoch(), previous, pinned(memory, manifest));
    Optional<Flaw> flaw = trust.flaw(news.manifest(), known);
    if (flaw.isPresent()) {
      throw violation(manifest, flaw.get());
    }
    EpochRow row = opened(memory, news);
    boolean joined = saveGroup(memory, row);
    bind(memory, row, news.sessions());
    return joined;
  }

  private EpochRow opened(Unsealed memory, EpochNews news) {
    if (news.manifest().manifest().entry(context.self()).isEmpty()) {
      return add(memory, news, EpochRow.Access.NOT_IN_ROSTER, Map.of());
    }
    return open(memory, news)
        .map(opening -> opening.match(new Outcome(memory, news)))
        .orElseGet(() -> lost(memory, news, EpochRow.Access.KEY_NOT_SEALED, Climb.Loss.ABSENT));
  }

  /** Absent when there is no key for this device. */
  private Optional<EpochOpening> open(Unsealed memory, EpochNews news) {
    return news.sealedKey()
        .filter(key -> key.device().equals(context.self()))
        .map(own -> open(memory, news, own));
  }

  private static EpochOpening open(Unsealed memory, EpochNews news, SealedKey own) {
    Bytes committerKey = committerKey(news.manifest().manifest());
    OlmPeer committer = memory.peer(committerKey);
    EpochOpening opening = EpochOpening.of(memory.account(), committer, news.manifest(), own);
    memory.savePeer(committerKey, committer);
    memory.saveAccount();
    return opening;
  }

  /** With the epoch it is stored that its keys are to be got back, so that no crash forgets it. */
  private EpochRow lost(Unsealed memory, EpochNews news, EpochRow.Access access, Climb.Loss loss) {
    EpochRow row = add(memory, news, access, Map.of());
    LostEpochs.climb(memory, news.group(), news.epoch(), loss, context.clock().instant());
    return row;
  }

  /**
   * By the roster before, when the committer is not in this one; there is nobody else whose word
   * this could be.
   */
  private static Bytes committerKey(Manifest manifest) {
    return manifest
        .entry(manifest.committer())
        .map(entry -> entry.identity().curve25519Key())
        .orElseThrow(() -> violation(manifest, Flaw.COMMITTER_NOT_IN_ROSTER));
  }

  private final class Outcome implements EpochOpening.Cases<EpochRow> {

    private final Unsealed memory;
    private final EpochNews news;

    Outcome(Unsealed memory, EpochNews news) {
      this.memory = memory;
      this.news = news;
    }

    @Override
    public EpochRow opened(EpochOpening.Opened opened) {
      return add(memory, news, EpochRow.Access.HELD, opened.ratchets());
    }

    @Override
    public EpochRow locked(EpochOpening.Locked locked) {
      LOG.warn("the key of epoch {} of group {} does not open", news.epoch(), news.group());
      return lost(memory, news, EpochRow.Access.KEY_NOT_OPENED, Climb.Loss.UNOPENABLE);
    }

    @Override
    public EpochRow forged(EpochOpening.Forged forged) {
      watcher.warned(violation(news.manifest().manifest(), forged.flaw()).problem());
      // Once this transaction is through: the device refuses what it has stored as refused.
      context.loop().post(() -> complaints.make(news.group(), news.epoch()));
      return lost(memory, news, EpochRow.Access.KEY_REFUSED, Climb.Loss.UNOPENABLE);
    }
  }

  private final class Reopened implements EpochOpening.Cases<Boolean> {

    private final Unsealed memory;
    private final EpochRow lost;
    private final EpochNews news;

    Reopened(Unsealed memory, EpochRow lost, EpochNews news) {
      this.memory = memory;
      this.lost = lost;
      this.news = news;
    }

    @Override
    public Boolean opened(EpochOpening.Opened opened) {
      memory.holdEpoch(lost, opened.ratchets());
      bind(memory, new EpochRow(lost.manifest(), EpochRow.Access.HELD), news.sessions());
      return true;
    }

    @Override
    public Boolean locked(EpochOpening.Locked locked) {
      memory.tables().epochs().lock(lost);
      return false;
    }

    /** It stays as it is: there may be a key elsewhere, and this one counts for nothing. */
    @Override
    public Boolean forged(EpochOpening.Forged forged) {
      return false;
    }
  }

  private static EpochRow add(
      Unsealed memory,
      EpochNews news,
      EpochRow.Access access,
      Map<DeviceAddress, SenderRatchet> ratchets) {
    EpochRow row = new EpochRow(news.manifest(), access);
    memory.addEpoch(row, ratchets);
    return row;
  }

  private static boolean saveGroup(Unsealed memory, EpochRow epoch) {
    Optional<GroupRow> known = memory.tables().groups().find(epoch.group());
    boolean inside = epoch.access() != EpochRow.Access.NOT_IN_ROSTER;
    GroupRow.Standing standing = inside ? GroupRow.Standing.ACTIVE : GroupRow.Standing.OUT;
    GroupRow row = known
        .map(group -> group.withStanding(standing))
        .orElseGet(() -> new GroupRow(
            epoch.group(), epoch.group().value(), standing, epoch.number(), Position.UNKNOWN));
    memory.tables().groups().save(row);
    return inside
        && known.filter(group -> group.standing() != GroupRow.Standing.OUT).isEmpty();
  }

  private void bind(Unsealed memory, EpochRow epoch, List<SessionBinding> sessions) {
    if (epoch.access() != EpochRow.Access.HELD) {
      bindGiven(memory, epoch, sessions);
      return;
    }
    SessionBook book = new SessionBook(memory, bindings);
    for (SessionBinding binding : sessions) {
      book.bind(epoch, binding)
          .ifPresent(flaw -> watcher.warned(new SecurityProblem.SessionRefused(
              epoch.group(), epoch.number(), binding.sender(), flaw)));
    }
    book.save(memory);
  }

  /** Others may give the keys of these sessions. */
  private void bindGiven(Unsealed memory, EpochRow epoch, List<SessionBinding> sessions) {
    sessions.stream()
        .filter(binding ->
            HeardSession.flaw(bindings, epoch.manifest().manifest(), binding).isEmpty())
        .forEach(binding -> memory
            .tables()
            .shared()
            .bind(epoch.group(), epoch.number(), binding.sender(), binding.sessionKey()));
  }

  private static Map<MemberId, List<DeviceList>> pinned(Unsealed memory, Manifest manifest) {
    Map<MemberId, List<DeviceList>> pinned = new HashMap<>();
    for (RosterEntry entry : manifest.roster()) {
      pinned.computeIfAbsent(entry.member(), member -> memory.tables().pins().of(member));
    }
    return pinned;
  }

  private static SecurityViolation violation(Manifest manifest, Flaw flaw) {
    return new SecurityViolation(new SecurityProblem.EpochRefused(
        manifest.group(), manifest.epoch(), manifest.committer(), flaw));
  }
}
