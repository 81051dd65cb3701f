/** Verification of members in person: what both people compare, and who was verified. */
@NullMarked
package io.karst.client.api.verification;

import org.jspecify.annotations.NullMarked;
