/**
 * A channel between two devices of which one shows its key, for example as a QR code: vodozemac's
 * ECIES (MSC4108 of 2024) and HPKE (RFC 9180, as MSC4388 uses it).
 */
@NullMarked
package io.karst.crypto.channel;

import org.jspecify.annotations.NullMarked;
