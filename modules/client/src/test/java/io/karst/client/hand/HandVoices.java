package io.karst.client.hand;

import io.karst.client.api.Content;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.session.ContentForm;
import io.karst.client.session.HeardIndexes;
import io.karst.client.session.HeardSession;
import io.karst.client.store.EpochRow;
import io.karst.client.store.GroupRow;
import io.karst.client.store.Position;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.client.wire.Entry;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Devices that speak in one epoch, in an order that a seed repeats, and who holds their keys. */
public final class HandVoices {

  public static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");
  public static final DeviceAddress ANN = DeviceAddress.of("ann", "phone");

  private static final int SPEAKERS = 3;

  private final long seed;
  private final Random random;
  private final List<Voice> voices;

  public HandVoices(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    RandomBytes bytes = random::nextBytes;
    this.voices = Stream.iterate(0, i -> i + 1)
        .limit(SPEAKERS)
        .map(i -> new Voice(i, bytes))
        .toList();
  }

  /** What one device says; envelopes that were left out may come late. */
  private static final class Voice {

    private final DeviceAddress address;
    private final OutboundGroupSession session;
    private final List<Envelope> said = new ArrayList<>();
    private final List<Envelope> kept = new ArrayList<>();

    Voice(int number, RandomBytes random) {
      address = DeviceAddress.of("speaker-" + number, "phone");
      session = OutboundGroupSession.create(SessionConfig.V1, random);
    }

    Bytes id() {
      return Bytes.copyOf(session.publicKey().bytes());
    }

    Envelope say(Random random) throws CryptoException {
      byte[] words = random.nextInt(12) == 0
          ? new byte[] {1, 2, 3}
          : ContentForm.encode(
              new ContentForm.Said(Content.text(address + " " + said.size()), Optional.empty()));
      var message = session.encrypt(words);
      byte[] id = new byte[16];
      random.nextBytes(id);
      Envelope envelope = new Envelope(
          1,
          address,
          id(),
          message.messageIndex(),
          new ClientId(Bytes.copyOf(id)),
          Bytes.copyOf(message.bytes()));
      said.add(envelope);
      return envelope;
    }
  }

  /** What comes next in the log: from an offset on, up to so many envelopes. */
  public List<Entry> page(long from, int max) throws CryptoException {
    List<Entry> entries = new ArrayList<>();
    int size = 1 + random.nextInt(max);
    while (entries.size() < size) {
      Voice voice = voices.get(random.nextInt(voices.size()));
      Optional<Envelope> next = next(voice, random);
      if (next.isPresent()) {
        entries.add(new Entry.Spoken(from + entries.size(), Instant.EPOCH, next.get()));
      }
    }
    return entries;
  }

  /** Mostly what comes next; else something that is late, comes again, is forged or left out. */
  private static Optional<Envelope> next(Voice voice, Random random) throws CryptoException {
    int dice = random.nextInt(20);
    if (dice == 0) {
      for (int skipped = random.nextInt(90); skipped >= 0; skipped--) {
        voice.kept.add(voice.say(random));
      }
      return Optional.empty();
    }
    if (dice == 1 && !voice.kept.isEmpty()) {
      return Optional.of(voice.kept.remove(random.nextInt(voice.kept.size())));
    }
    if (dice == 2 && !voice.said.isEmpty()) {
      return Optional.of(voice.said.get(random.nextInt(voice.said.size())));
    }
    Envelope said = voice.say(random);
    return Optional.of(dice == 3 ? altered(said, random) : said);
  }

  private static Envelope altered(Envelope said, Random random) {
    byte[] raw = said.ciphertext().toArray();
    raw[random.nextInt(raw.length)] ^= (byte) (1 << random.nextInt(8));
    return new Envelope(
        said.epoch(),
        said.sender(),
        said.sessionId(),
        said.messageIndex(),
        said.clientId(),
        Bytes.copyOf(raw));
  }

  /** The store of a device that holds all these sessions from their beginning. */
  public DeviceMemory memory(boolean keeps) throws CryptoException {
    RandomBytes drawn = new Random(seed)::nextBytes;
    Pickler pickler = new Pickler(PickleKey.generate(drawn), drawn);
    DeviceMemory memory = new DeviceMemory(SqliteStore.inMemory(), pickler);
    List<HeardSession> sessions = new ArrayList<>();
    for (Voice voice : voices) {
      var session =
          InboundGroupSession.fromSessionKey(SessionConfig.V1, voice.session.sessionKey());
      sessions.add(new HeardSession(voice.address, voice.id(), session, HeardIndexes.NONE));
    }
    memory.transaction(store -> {
      store
          .tables()
          .groups()
          .save(new GroupRow(GROUP, "friends", GroupRow.Standing.ACTIVE, 1, Position.UNKNOWN));
      store.addEpoch(new EpochRow(manifest(), EpochRow.Access.HELD), Map.of());
      store.saveKeepsKeys(GROUP, keeps);
      sessions.forEach(session -> store.saveHeard(GROUP, 1, session));
      return true;
    });
    return memory;
  }

  private static SignedManifest manifest() {
    Bytes hash = Bytes.copyOf(new byte[32]);
    var manifest = new Manifest(
        GROUP,
        1,
        Manifest.KEY_SUITE_OLM,
        Bytes.EMPTY,
        RotationReason.CREATED,
        ANN,
        hash,
        List.of(new RosterEntry(ANN.member(), 1, new DeviceIdentity(ANN.device(), hash, hash))));
    return EpochStatements.signed(manifest, Bytes.copyOf(new byte[64]));
  }
}
