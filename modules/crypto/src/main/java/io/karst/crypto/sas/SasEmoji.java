package io.karst.crypto.sas;

import java.util.List;

/** The table of emoji of the Matrix client-server specification; the order is the standard. */
public enum SasEmoji {
  DOG("🐶", "Dog"),
  CAT("🐱", "Cat"),
  LION("🦁", "Lion"),
  HORSE("🐎", "Horse"),
  UNICORN("🦄", "Unicorn"),
  PIG("🐷", "Pig"),
  ELEPHANT("🐘", "Elephant"),
  RABBIT("🐰", "Rabbit"),
  PANDA("🐼", "Panda"),
  ROOSTER("🐓", "Rooster"),
  PENGUIN("🐧", "Penguin"),
  TURTLE("🐢", "Turtle"),
  FISH("🐟", "Fish"),
  OCTOPUS("🐙", "Octopus"),
  BUTTERFLY("🦋", "Butterfly"),
  FLOWER("🌷", "Flower"),
  TREE("🌳", "Tree"),
  CACTUS("🌵", "Cactus"),
  MUSHROOM("🍄", "Mushroom"),
  GLOBE("🌏", "Globe"),
  MOON("🌙", "Moon"),
  CLOUD("☁\ufe0f", "Cloud"),
  FIRE("🔥", "Fire"),
  BANANA("🍌", "Banana"),
  APPLE("🍎", "Apple"),
  STRAWBERRY("🍓", "Strawberry"),
  CORN("🌽", "Corn"),
  PIZZA("🍕", "Pizza"),
  CAKE("🎂", "Cake"),
  HEART("❤\ufe0f", "Heart"),
  SMILEY("😀", "Smiley"),
  ROBOT("🤖", "Robot"),
  HAT("🎩", "Hat"),
  GLASSES("👓", "Glasses"),
  SPANNER("🔧", "Spanner"),
  SANTA("🎅", "Santa"),
  THUMBS_UP("👍", "Thumbs Up"),
  UMBRELLA("☂\ufe0f", "Umbrella"),
  HOURGLASS("⌛", "Hourglass"),
  CLOCK("⏰", "Clock"),
  GIFT("🎁", "Gift"),
  LIGHT_BULB("💡", "Light Bulb"),
  BOOK("📕", "Book"),
  PENCIL("✏\ufe0f", "Pencil"),
  PAPERCLIP("📎", "Paperclip"),
  SCISSORS("✂\ufe0f", "Scissors"),
  LOCK("🔒", "Lock"),
  KEY("🔑", "Key"),
  HAMMER("🔨", "Hammer"),
  TELEPHONE("☎\ufe0f", "Telephone"),
  FLAG("🏁", "Flag"),
  TRAIN("🚂", "Train"),
  BICYCLE("🚲", "Bicycle"),
  AEROPLANE("✈\ufe0f", "Aeroplane"),
  ROCKET("🚀", "Rocket"),
  TROPHY("🏆", "Trophy"),
  BALL("⚽", "Ball"),
  GUITAR("🎸", "Guitar"),
  TRUMPET("🎺", "Trumpet"),
  BELL("🔔", "Bell"),
  ANCHOR("⚓", "Anchor"),
  HEADPHONES("🎧", "Headphones"),
  FOLDER("📁", "Folder"),
  PIN("📌", "Pin");

  private static final List<SasEmoji> TABLE = List.of(values());

  private final String symbol;
  private final String title;

  SasEmoji(String symbol, String title) {
    this.symbol = symbol;
    this.title = title;
  }

  /** The emoji at {@code index}, 0 to 63. */
  static SasEmoji at(int index) {
    return TABLE.get(index);
  }

  /** The emoji itself. */
  public String symbol() {
    return symbol;
  }

  /** Its English name, for reading out. */
  public String title() {
    return title;
  }

  /** Its place in the table, 0 to 63. */
  public int index() {
    return TABLE.indexOf(this);
  }
}
