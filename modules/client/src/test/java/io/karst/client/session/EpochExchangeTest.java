package io.karst.client.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.Content;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.signature.SessionBindings;
import io.karst.proof.signature.Signatures;
import io.karst.proof.statement.EpochStatements;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices hand each other sealed keys and envelopes, and whatever an attacker makes of them. */
class EpochExchangeTest {

  private HandDevice ann;
  private HandDevice bob;

  @BeforeEach
  void meet() {
    ann = new HandDevice("ann", 1);
    bob = new HandDevice("bob", 2);
  }

  @Test
  void bothDevicesDeriveTheSameRatchetsAndReadEachOther() throws CryptoException {
    EpochSealing epoch = ann.commit(Optional.empty(), ann, bob);
    Map<DeviceAddress, SenderRatchet> annes = opened(ann.open(epoch, ann));
    Map<DeviceAddress, SenderRatchet> bobs = opened(bob.open(epoch, ann));
    assertThat(annes.keySet()).containsExactlyInAnyOrder(ann.address(), bob.address());
    Voice voice =
        new Voice(ann, epoch.manifest().manifest(), requireNonNull(annes.get(ann.address())));
    HeardSession heard =
        HeardSession.open(voice.binding(), requireNonNull(bobs.get(ann.address())));
    assertThat(text(heard.read(voice.say("one")))).contains("one");
    assertThat(text(heard.read(voice.say("two")))).contains("two");
  }

  @Test
  void aCommitterOpensItsOwnSealedKeysAgainAndAgain() throws CryptoException {
    Optional<SignedManifest> previous = Optional.empty();
    for (int i = 0; i < 10; i++) {
      EpochSealing epoch = ann.commit(previous, ann, bob);
      opened(ann.open(epoch, ann));
      opened(bob.open(epoch, ann));
      previous = Optional.of(epoch.manifest());
    }
  }

  @Test
  void devicesThatCommitInTurnUseEachOthersSessions() throws CryptoException {
    EpochSealing first = ann.commit(Optional.empty(), ann, bob);
    opened(bob.open(first, ann));
    EpochSealing second = bob.commit(Optional.of(first.manifest()), ann, bob);
    assertThat(second.sealedTo(ann.address()).orElseThrow().olmType())
        .as("a session that was opened once needs no pre-key message")
        .isEqualTo(1);
    opened(ann.open(second, bob));
    EpochSealing third = ann.commit(Optional.of(second.manifest()), ann, bob);
    assertThat(third.sealedTo(bob.address()).orElseThrow().olmType()).isEqualTo(1);
    opened(bob.open(third, ann));
  }

  @Test
  void devicesThatOpenSessionsAtTheSameMomentUnderstandEachOther() throws CryptoException {
    EpochSealing annes = ann.commit(Optional.empty(), ann, bob);
    EpochSealing bobs = bob.commit(Optional.empty(), ann, bob);
    opened(bob.open(annes, ann));
    opened(ann.open(bobs, bob));
    EpochSealing next = ann.commit(Optional.of(annes.manifest()), ann, bob);
    opened(bob.open(next, ann));
  }

  @Test
  void keysOfCommitsThatNeverHappenedAreSkipped() throws CryptoException {
    EpochSealing first = ann.commit(Optional.empty(), ann, bob);
    opened(bob.open(first, ann));
    for (int lost = 0; lost < 39; lost++) {
      ann.commit(Optional.of(first.manifest()), ann, bob);
    }
    opened(bob.open(ann.commit(Optional.of(first.manifest()), ann, bob), ann));
  }

  @Test
  void whoIsOutOfTheRosterOpensAndReadsNothingOfWhatFollows() throws CryptoException {
    HandDevice eve = new HandDevice("eve", 3);
    EpochSealing first = ann.commit(Optional.empty(), ann, bob, eve);
    Map<DeviceAddress, SenderRatchet> before = opened(eve.open(first, ann));
    Voice inside =
        new Voice(ann, first.manifest().manifest(), requireNonNull(before.get(ann.address())));
    HeardSession eveHears = heardBy(inside);
    assertThat(text(eveHears.read(inside.say("all of you")))).contains("all of you");

    EpochSealing second = ann.commit(Optional.of(first.manifest()), ann, bob);
    assertThat(second.sealedTo(eve.address())).isEmpty();
    SealedKey bobsKey = second.sealedTo(bob.address()).orElseThrow();
    assertThat(EpochOpening.of(eve.account(), eve.with(ann), second.manifest(), bobsKey))
        .isInstanceOf(EpochOpening.Locked.class);
    Map<DeviceAddress, SenderRatchet> after = opened(bob.open(second, ann));
    // The very session key of the epoch before: nothing but the new ratchet keeps eve out.
    Voice outside =
        new Voice(ann, second.manifest().manifest(), requireNonNull(after.get(ann.address())));
    assertThat(outside.binding().sessionKey()).isEqualTo(inside.binding().sessionKey());
    for (int i = 0; i < 3; i++) {
      Envelope secret = outside.say("without eve");
      assertThat(eveHears.read(secret).plaintext()).isEmpty();
      assertThat(text(heardBy(outside).read(secret))).contains("without eve");
    }
  }

  @Test
  void aSealedKeyOpensOnce() throws CryptoException {
    EpochSealing epoch = ann.commit(Optional.empty(), ann, bob);
    opened(bob.open(epoch, ann));
    assertThat(bob.open(epoch, ann)).isInstanceOf(EpochOpening.Locked.class);
  }

  @Test
  void aSealedKeyOfAnotherDeviceStaysLocked() throws CryptoException {
    HandDevice eve = new HandDevice("eve", 3);
    EpochSealing epoch = ann.commit(Optional.empty(), ann, bob);
    assertThat(bob.open(epoch, eve))
        .as("bob believes that eve committed: her sessions do not open ann's seal")
        .isInstanceOf(EpochOpening.Locked.class);
    opened(bob.open(epoch, ann));
  }

  @Test
  void aKeyThatWasSealedForAnotherManifestIsForged() throws CryptoException {
    EpochSealing shown = ann.commit(Optional.empty(), ann, bob);
    EpochSealing hidden = ann.commit(Optional.empty(), ann, bob);
    SealedKey other = hidden.sealedTo(bob.address()).orElseThrow();
    EpochOpening opening = EpochOpening.of(bob.account(), bob.with(ann), shown.manifest(), other);
    assertThat(opening).isEqualTo(new EpochOpening.Forged(Flaw.MANIFEST_HASH));
  }

  @Test
  void aKeyThatDoesNotMatchTheCommitmentIsForged() throws CryptoException {
    EpochSealing honest = ann.commit(Optional.empty(), ann, bob);
    Manifest manifest = honest.manifest().manifest();
    Manifest lying = new Manifest(
        manifest.group(),
        manifest.epoch(),
        manifest.keySuite(),
        manifest.previousHash(),
        manifest.reason(),
        manifest.committer(),
        Bytes.copyOf(new byte[32]),
        manifest.roster());
    // The committer itself lies: it signs and seals a commitment to another key.
    SignedManifest signed =
        EpochStatements.signed(lying, ann.sign(EpochStatements.manifest(lying)));
    assertThat(resealed(signed)).isEqualTo(new EpochOpening.Forged(Flaw.COMMITMENT));
  }

  @Test
  void anIndexIsReadOnceAndLateOnesInsideTheWindow() throws CryptoException {
    Voice voice = voice();
    HeardSession heard = heardBy(voice);
    List<Envelope> said = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      said.add(voice.say("message " + i));
    }
    assertThat(text(heard.read(said.get(69)))).contains("message 69");
    assertThat(text(heard.read(said.get(6)))).contains("message 6");
    assertThat(heard.read(said.get(6)).why()).contains(UnreadableReason.INDEX_REPLAYED);
    assertThat(heard.read(said.get(5)).why()).contains(UnreadableReason.INDEX_TOO_OLD);
    assertThat(text(heard.read(said.get(68)))).contains("message 68");
    assertThat(heard.read(said.get(69)).why()).contains(UnreadableReason.INDEX_REPLAYED);
  }

  @Test
  void anEnvelopeInAnotherDevicesNameIsRefused() throws CryptoException {
    Voice voice = voice();
    HeardSession heard = heardBy(voice);
    Envelope said = voice.say("hello");
    Envelope renamed = new Envelope(
        said.epoch(),
        bob.address(),
        said.sessionId(),
        said.messageIndex(),
        said.clientId(),
        said.ciphertext());
    assertThat(heard.read(renamed).why()).contains(UnreadableReason.SENDER_FORGED);
    assertThat(text(heard.read(said))).contains("hello");
  }

  @Test
  void anEnvelopeWhoseHeaderNamesAnotherIndexIsRefused() throws CryptoException {
    Voice voice = voice();
    HeardSession heard = heardBy(voice);
    Envelope said = voice.say("hello");
    Envelope moved = new Envelope(
        said.epoch(), said.sender(), said.sessionId(), 7, said.clientId(), said.ciphertext());
    assertThat(heard.read(moved).why()).contains(UnreadableReason.SENDER_FORGED);
    assertThat(text(heard.read(said))).contains("hello");
  }

  @Test
  void oneFlippedBitIsRefusedAndChangesNothing() throws CryptoException {
    Voice voice = voice();
    HeardSession heard = heardBy(voice);
    Envelope said = voice.say("hello");
    byte[] raw = said.ciphertext().toArray();
    Set<UnreadableReason> reasons = EnumSet.noneOf(UnreadableReason.class);
    for (int bit = 0; bit < raw.length * 8; bit += 5) {
      byte[] flipped = raw.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Envelope altered = new Envelope(
          said.epoch(),
          said.sender(),
          said.sessionId(),
          said.messageIndex(),
          said.clientId(),
          Bytes.copyOf(flipped));
      HeardSession.Reading reading = heard.read(altered);
      assertThat(reading.plaintext()).as("bit %d", bit).isEmpty();
      reasons.addAll(reading.why().stream().toList());
    }
    assertThat(reasons).contains(UnreadableReason.MALFORMED, UnreadableReason.FORGED);
    assertThat(text(heard.read(said))).contains("hello");
  }

  @Test
  void aMemberCannotSpeakInAnothersNameAlthoughItKnowsTheRatchet() throws CryptoException {
    EpochSealing epoch = ann.commit(Optional.empty(), ann, bob);
    Map<DeviceAddress, SenderRatchet> bobs = opened(bob.open(epoch, ann));
    Manifest manifest = epoch.manifest().manifest();
    Voice forger = new Voice(bob, manifest, requireNonNull(bobs.get(ann.address())));
    SessionBinding forged = new SessionBinding(
        ann.address(), 1, forger.binding().sessionKey(), forger.binding().signature());
    var bindings = new SessionBindings(new Signatures());
    assertThat(HeardSession.flaw(bindings, manifest, forged)).contains(Flaw.SIGNATURE);
    assertThat(HeardSession.flaw(bindings, manifest, voice().binding())).isEmpty();
  }

  /** Seals the honest key under a manifest that speaks of another one. */
  private EpochOpening resealed(SignedManifest lying) throws CryptoException {
    var key = io.karst.crypto.epoch.EpochKey.generate(new Seeded(9));
    var payload = io.karst.crypto.epoch.SealedPayload.of(key, lying.hash().toArray());
    var message = ann.with(bob).seal(payload.toText());
    var sealed = new SealedKey(bob.address(), message.type(), Bytes.copyOf(message.bytes()));
    return EpochOpening.of(bob.account(), bob.with(ann), lying, sealed);
  }

  private Voice voice() throws CryptoException {
    EpochSealing epoch = ann.commit(Optional.empty(), ann, bob);
    Map<DeviceAddress, SenderRatchet> ratchets = opened(bob.open(epoch, ann));
    return new Voice(ann, epoch.manifest().manifest(), requireNonNull(ratchets.get(ann.address())));
  }

  private static HeardSession heardBy(Voice voice) {
    return HeardSession.open(voice.binding(), voice.ratchet());
  }

  private static Map<DeviceAddress, SenderRatchet> opened(EpochOpening opening) {
    assertThat(opening).isInstanceOf(EpochOpening.Opened.class);
    return ((EpochOpening.Opened) opening).ratchets();
  }

  private static Optional<String> text(HeardSession.Reading reading) {
    return reading
        .plaintext()
        .flatMap(plaintext -> ContentForm.decode(plaintext.toArray()))
        .map(said -> ((Content.Text) said.content().body()).value());
  }

  /** A device that speaks in an epoch. */
  private static final class Voice {

    private final HandDevice device;
    private final SessionBinding binding;
    private final SenderRatchet ratchet;
    private final OutboundGroupSession session;
    private int said;

    Voice(HandDevice device, Manifest manifest, SenderRatchet ratchet) {
      this.device = device;
      this.ratchet = ratchet;
      Ed25519SigningKey key = Ed25519SigningKey.generate(new Seeded(4));
      Bytes sessionKey = Bytes.copyOf(key.publicKey().bytes());
      Bytes signature = device.sign(EpochStatements.sessionBinding(
          manifest.group(), manifest.epoch(), device.address(), sessionKey));
      this.binding = new SessionBinding(device.address(), manifest.epoch(), sessionKey, signature);
      this.session = OutboundGroupSession.fromSenderRatchet(SessionConfig.V1, copy(ratchet), key);
    }

    SessionBinding binding() {
      return binding;
    }

    SenderRatchet ratchet() {
      return ratchet;
    }

    Envelope say(String text) throws CryptoException {
      byte[] content =
          ContentForm.encode(new ContentForm.Said(Content.text(text), Optional.empty()));
      var message = session.encrypt(content);
      return new Envelope(
          binding.epoch(),
          device.address(),
          binding.sessionKey(),
          message.messageIndex(),
          new ClientId(Bytes.copyOf(new byte[] {(byte) said++})),
          Bytes.copyOf(message.bytes()));
    }

    private static SenderRatchet copy(SenderRatchet ratchet) {
      return SenderRatchet.fromBytes(ratchet.bytes(io.karst.crypto.key.SecretAccess.forPickling()));
    }
  }
}
