package io.karst.crypto.fuzz;

import io.karst.crypto.epoch.EpochKey;
import io.karst.crypto.epoch.SealedPayload;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.libolm.LibolmEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * All decoders of foreign bytes, each with something that it accepts.
 *
 * <p>The order is part of stored inputs, whose first byte chooses: add at the end only.
 */
final class Decoders {

  /** One of them. */
  record Decoder(String name, Seed seed, Probe probe) {}

  /** An input that is accepted. */
  @FunctionalInterface
  interface Seed {
    byte[] bytes() throws CryptoException;
  }

  private final List<Decoder> all = new ArrayList<>();
  private final Cast cast = new Cast();

  Decoders() throws CryptoException {
    addMessages(new MessageProbes(cast));
    addKeys(new KeyProbes(cast));
    PickleProbes pickles = new PickleProbes(cast);
    addOwn(pickles);
    addLibolm(pickles);
    addVodozemac(pickles);
    addEnvelopes(pickles);
    add("dehydrated device", pickles::dehydratedState, pickles::dehydrated);
    addChannels(new ChannelProbes());
  }

  List<Decoder> all() {
    return List.copyOf(all);
  }

  private void add(String name, Seed seed, Probe probe) {
    all.add(new Decoder(name, seed, probe));
  }

  private void addMessages(MessageProbes probes) {
    add("Megolm message", cast.megolm::bytes, probes::megolm);
    add("pre-key message", cast.preKey::bytes, probes::preKey);
    add("normal message", cast.normal::bytes, probes::normal);
    add("Megolm message in base64", () -> ascii(cast.megolm.toBase64()), probes::texts);
  }

  private void addKeys(KeyProbes probes) {
    add("session key", cast.sessionKey::bytes, probes::sessionKey);
    add("exported key", () -> cast.inbound.exportAt(1).bytes(), probes::exportedKey);
    add("Ed25519 key", () -> cast.bob.identityKeys().ed25519().bytes(), probes::ed25519);
    add("signature", () -> cast.alice.sign(Cast.HELLO).bytes(), probes::signature);
    add("Curve25519 key", () -> cast.bob.identityKeys().curve25519().bytes(), probes::curve25519);
    add("sealed payload", Decoders::sealedPayload, probes::sealedPayload);
    add("SAS MAC", probes::sasMac, probes::sasMac);
    add("base64", () -> ascii("AAEC/w=="), probes::base64);
  }

  private void addChannels(ChannelProbes probes) {
    add("ECIES's first message", probes::eciesText, probes::ecies);
    add("HPKE's first message", probes::hpkeMessage, probes::hpke);
    add("HPKE's first answer", probes::hpkeResponse, probes::hpkeResponse);
    add("channel message", probes::message, probes::message);
  }

  private void addOwn(PickleProbes pickles) {
    add(
        "account",
        () -> PickleProbes.openOwn(cast.own.pickle(cast.bob)),
        pickles.own(1, 1, cast.own::account, cast.own::pickle, (Account a) -> pickles.use(a)));
    add(
        "Olm session",
        () -> PickleProbes.openOwn(cast.own.pickle(cast.session())),
        pickles.own(
            2, 1, cast.own::olmSession, cast.own::pickle, (OlmSession s) -> pickles.use(s)));
    add(
        "outbound session",
        () -> PickleProbes.openOwn(cast.own.pickle(cast.outbound)),
        pickles.own(
            3,
            1,
            cast.own::outboundGroupSession,
            cast.own::pickle,
            (OutboundGroupSession s) -> pickles.use(s)));
    add(
        "inbound session",
        () -> PickleProbes.openOwn(cast.own.pickle(cast.inbound)),
        pickles.own(
            4,
            2,
            cast.own::inboundGroupSession,
            cast.own::pickle,
            (InboundGroupSession s) -> pickles.use(s)));
    add(
        "sender ratchet",
        () -> RATCHET.bytes(SecretAccess.forPickling()),
        pickles.own(5, 1, cast.own::senderRatchet, cast.own::pickle, (SenderRatchet r) -> {}));
    add(
        "forward-only session",
        () -> PickleProbes.openOwn(cast.own.pickle(forwardOnly())),
        pickles.own(
            7,
            2,
            cast.own::forwardOnlyGroupSession,
            cast.own::pickle,
            (ForwardOnlyGroupSession s) -> s.decrypt(cast.megolm)));
  }

  private void addLibolm(PickleProbes pickles) {
    var libolm = cast.libolm;
    add(
        "libolm's account",
        () -> open(libolm.pickle(cast.bob)),
        pickles.foreign(libolm::account, libolm::pickle, (Account a) -> pickles.use(a)));
    add(
        "libolm's session",
        () -> open(libolm.pickle(cast.session())),
        pickles.foreign(libolm::olmSession, libolm::pickle, (OlmSession s) -> pickles.use(s)));
    add(
        "libolm's outbound session",
        () -> open(libolm.pickle(cast.outbound)),
        pickles.foreign(
            libolm::outboundGroupSession,
            libolm::pickle,
            (OutboundGroupSession s) -> pickles.use(s)));
    add(
        "libolm's inbound session",
        () -> open(libolm.pickle(cast.inbound)),
        pickles.foreign(
            libolm::inboundGroupSession,
            libolm::pickle,
            (InboundGroupSession s) -> pickles.use(s)));
  }

  private void addVodozemac(PickleProbes pickles) {
    var vodozemac = cast.vodozemac;
    add(
        "vodozemac's account",
        () -> open(vodozemac.pickle(cast.bob)),
        pickles.foreign(vodozemac::account, vodozemac::pickle, (Account a) -> pickles.use(a)));
    add(
        "vodozemac's session",
        () -> open(vodozemac.pickle(cast.session())),
        pickles.foreign(
            vodozemac::olmSession, vodozemac::pickle, (OlmSession s) -> pickles.use(s)));
    add(
        "vodozemac's outbound session",
        () -> open(vodozemac.pickle(cast.outbound)),
        pickles.foreign(
            vodozemac::outboundGroupSession,
            vodozemac::pickle,
            (OutboundGroupSession s) -> pickles.use(s)));
    add(
        "vodozemac's inbound session",
        () -> open(vodozemac.pickle(cast.inbound)),
        pickles.foreign(
            vodozemac::inboundGroupSession,
            vodozemac::pickle,
            (InboundGroupSession s) -> pickles.use(s)));
  }

  private void addEnvelopes(PickleProbes pickles) {
    add(
        "pickle",
        () -> cast.own.pickle(cast.inbound),
        pickles.envelope(cast.own::inboundGroupSession));
    add(
        "libolm's pickle",
        () -> cast.libolm.pickle(cast.inbound),
        pickles.envelope(cast.libolm::inboundGroupSession));
    add(
        "vodozemac's pickle",
        () -> cast.vodozemac.pickle(cast.inbound),
        pickles.envelope(cast.vodozemac::inboundGroupSession));
  }

  private static final SenderRatchet RATCHET = SenderRatchet.generate(counting());

  private ForwardOnlyGroupSession forwardOnly() throws CryptoException {
    ForwardOnlyGroupSession session =
        ForwardOnlyGroupSession.fromSessionKey(Cast.CONFIG, cast.sessionKey);
    session.decrypt(cast.megolm);
    return session;
  }

  private static byte[] sealedPayload() {
    return SealedPayload.of(EpochKey.generate(counting()), new byte[SealedPayload.HASH_LENGTH])
        .toText();
  }

  private static RandomBytes counting() {
    return target -> {
      for (int i = 0; i < target.length; i++) {
        target[i] = (byte) i;
      }
    };
  }

  private static byte[] open(byte[] pickle) throws CryptoException {
    return LibolmEnvelope.open(Cast.KEY, pickle);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
