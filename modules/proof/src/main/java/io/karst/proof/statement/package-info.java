/** The canonical bytes of everything that is signed or hashed (docs/protocol.md). */
@NullMarked
package io.karst.proof.statement;

import org.jspecify.annotations.NullMarked;
