/** {@code AuditService}: journals as they are stored. */
@NullMarked
package io.karst.edge.audit;

import org.jspecify.annotations.NullMarked;
