/** Commands of an auditor, who reads logs and holds no key. */
@NullMarked
package io.karst.cli.audit;

import org.jspecify.annotations.NullMarked;
