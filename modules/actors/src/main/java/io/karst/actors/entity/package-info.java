/** What groups' and members' entities have in common. */
@NullMarked
package io.karst.actors.entity;

import org.jspecify.annotations.NullMarked;
