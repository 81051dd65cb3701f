package io.karst.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.channel.ChannelMessage;
import io.karst.crypto.channel.Ecies;
import io.karst.crypto.channel.EciesInitialMessage;
import io.karst.crypto.channel.EstablishedChannel;
import io.karst.crypto.channel.HpkeInitialMessage;
import io.karst.crypto.channel.HpkeInitialResponse;
import io.karst.crypto.channel.HpkeRecipient;
import io.karst.crypto.channel.HpkeSender;
import io.karst.crypto.channel.Outgoing;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.DecryptionException;
import java.nio.charset.StandardCharsets;

/** What strangers send to a device that showed its key. */
final class ChannelProbes {

  private static final String INFO = "info";
  private static final byte[] EMPTY = {};

  private Ecies shown = Ecies.start(INFO, new FixedRandom(1));
  private HpkeRecipient recipient = HpkeRecipient.start(INFO, new FixedRandom(1));
  private Outgoing<HpkeSender, HpkeInitialMessage> sender;
  private EstablishedChannel receiver;
  private final Outgoing<EstablishedChannel, EciesInitialMessage> connected;
  private final ChannelMessage next;
  private final HpkeInitialResponse response;

  ChannelProbes() throws CryptoException {
    connected = Ecies.start(INFO, new FixedRandom(2)).connect(shown.publicKey(), Cast.HELLO);
    sender = connect();
    receiver = accepted();
    next = connected.channel().encrypt(Cast.HELLO);
    response = HpkeRecipient.start(INFO, new FixedRandom(1))
        .accept(sender.message(), EMPTY)
        .channel()
        .respond(Cast.HELLO, EMPTY, new FixedRandom(3))
        .message();
  }

  private Outgoing<HpkeSender, HpkeInitialMessage> connect() throws CryptoException {
    return HpkeSender.connect(INFO, recipient.publicKey(), Cast.HELLO, EMPTY, new FixedRandom(2));
  }

  private EstablishedChannel accepted() throws CryptoException {
    return Ecies.start(INFO, new FixedRandom(1)).accept(connected.message()).channel();
  }

  byte[] eciesText() {
    return connected.message().toText().getBytes(StandardCharsets.US_ASCII);
  }

  void ecies(byte[] input) throws CryptoException {
    EciesInitialMessage message =
        EciesInitialMessage.fromText(new String(input, StandardCharsets.ISO_8859_1));
    assertThat(EciesInitialMessage.fromText(message.toText())).isEqualTo(message);
    try {
      shown.accept(message);
      assertThat(message).isEqualTo(connected.message());
      shown = Ecies.start(INFO, new FixedRandom(1));
    } finally {
      assertThat(shown.isDestroyed()).isFalse();
    }
  }

  byte[] hpkeMessage() {
    return sender.message().bytes();
  }

  void hpke(byte[] input) throws CryptoException {
    HpkeInitialMessage message = HpkeInitialMessage.parse(input);
    assertThat(message.bytes()).isEqualTo(input);
    assertThat(HpkeInitialMessage.fromBase64(message.toBase64())).isEqualTo(message);
    try {
      recipient.accept(message, EMPTY);
      assertThat(message).isEqualTo(sender.message());
      recipient = HpkeRecipient.start(INFO, new FixedRandom(1));
    } finally {
      assertThat(recipient.isDestroyed()).isFalse();
    }
  }

  byte[] hpkeResponse() {
    return response.bytes();
  }

  void hpkeResponse(byte[] input) throws CryptoException {
    HpkeInitialResponse candidate = HpkeInitialResponse.parse(input);
    assertThat(candidate.bytes()).isEqualTo(input);
    assertThat(HpkeInitialResponse.fromBase64(candidate.toBase64())).isEqualTo(candidate);
    try {
      sender.channel().complete(candidate, EMPTY);
      assertThat(candidate).isEqualTo(response);
      sender = connect();
    } finally {
      assertThat(sender.channel().isDestroyed()).isFalse();
    }
  }

  byte[] message() {
    return next.bytes();
  }

  /** A refused message leaves the channel where it was: the right one is opened after it. */
  void message(byte[] input) throws CryptoException {
    ChannelMessage candidate = ChannelMessage.parse(input);
    assertThat(candidate.bytes()).isEqualTo(input);
    assertThat(ChannelMessage.fromBase64(candidate.toBase64())).isEqualTo(candidate);
    try {
      receiver.decrypt(candidate);
      assertThat(candidate).isEqualTo(next);
    } catch (DecryptionException refused) {
      assertThat(receiver.decrypt(next)).isEqualTo(Cast.HELLO);
      throw refused;
    } finally {
      receiver = accepted();
    }
  }
}
