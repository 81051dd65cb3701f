/**
 * One side of a verification, as pure rules: steps, keys, what is compared, what is vouched for.
 */
@NullMarked
package io.karst.client.verification;

import org.jspecify.annotations.NullMarked;
