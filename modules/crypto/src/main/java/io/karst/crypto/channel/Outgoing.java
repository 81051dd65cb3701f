package io.karst.crypto.channel;

/**
 * What our first message made: the next state of the channel, and the message for the peer.
 *
 * @param <C> what goes on from here
 * @param <M> what the peer needs
 * @param channel the next state
 * @param message to be sent
 */
public record Outgoing<C, M>(C channel, M message) {}
