package io.karst.crypto.olm.ratchet;

/**
 * What one message is opened with.
 *
 * @param next the state to adopt once the message proved authentic
 * @param messageKey belongs to whoever receives, and is wiped afterwards
 */
public record Receiving(DoubleRatchet next, MessageKey messageKey) {}
