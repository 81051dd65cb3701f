/**
 * Who calls: challenges, access tokens, enrolment tokens, and the interceptor that looks at them.
 */
@NullMarked
package io.karst.edge.auth;

import org.jspecify.annotations.NullMarked;
