/** What an epoch is made of: roster, manifest, sealed keys, session bindings. */
@NullMarked
package io.karst.domain.epoch;

import org.jspecify.annotations.NullMarked;
