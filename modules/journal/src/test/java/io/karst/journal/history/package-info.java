/** Groups that never were, with real keys and signatures, for tests of journals and audits. */
@NullMarked
package io.karst.journal.history;

import org.jspecify.annotations.NullMarked;
