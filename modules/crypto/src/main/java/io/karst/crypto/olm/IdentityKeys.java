package io.karst.crypto.olm;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Ed25519PublicKey;

/**
 * What a device is known by.
 *
 * @param ed25519 verifies what the device signs
 * @param curve25519 is what sessions with it are opened with
 */
public record IdentityKeys(Ed25519PublicKey ed25519, Curve25519PublicKey curve25519) {}
