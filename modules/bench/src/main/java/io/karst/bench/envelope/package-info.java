/** Envelopes as the API carries them, made of noise. */
@NullMarked
package io.karst.bench.envelope;

import org.jspecify.annotations.NullMarked;
