/** What the tests of this module act on: a node, members, groups. */
@NullMarked
package io.karst.actors.scene;

import org.jspecify.annotations.NullMarked;
