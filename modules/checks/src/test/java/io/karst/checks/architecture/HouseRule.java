package io.karst.checks.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * A rule and code that breaks it.
 *
 * @param name what holds, as a sentence
 * @param rule the check, which must find no class that breaks it among Karst's own
 * @param planted classes of which the rule must refuse each, so that no part of it sleeps
 */
record HouseRule(String name, ArchRule rule, List<Planted> planted) {

  HouseRule {
    planted = List.copyOf(planted);
    if (planted.isEmpty()) {
      throw new IllegalArgumentException("nothing shows that this rule can fail: " + name);
    }
  }

  static HouseRule of(String name, ArchRule rule, Planted... planted) {
    return new HouseRule(name, rule.as(name).allowEmptyShould(true), List.of(planted));
  }

  @Override
  public String toString() {
    return name;
  }
}
