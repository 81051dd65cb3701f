/** Tests of the rules of a verification. */
@NullMarked
package io.karst.client.verification;

import org.jspecify.annotations.NullMarked;
