package io.karst.crypto.megolm;

import io.karst.crypto.wire.MegolmMessage;

/**
 * One message of a page, and the session that it is said to belong to.
 *
 * @param session lent to the reader until the page is read
 */
public record PageMessage(ReceivingSession session, MegolmMessage message) {}
