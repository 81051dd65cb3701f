package io.karst.cli.demo;

import io.karst.cli.Surroundings;
import io.karst.cli.profile.Deployment;
import io.karst.cli.profile.Endpoint;
import io.karst.cli.profile.EnrolmentToken;
import io.karst.cli.session.Sessions;
import io.karst.client.Tls;
import io.karst.domain.id.GroupId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One performance of the play: puts the devices on the stage and the scenes in order. */
final class Performance {

  private final Surroundings surroundings;
  private final Sessions sessions;
  private final Path folder;
  private final Narrator narrator;
  private final Play play;

  Performance(Surroundings surroundings, Sessions sessions, Path folder) {
    this.surroundings = surroundings;
    this.sessions = sessions;
    this.folder = folder;
    this.narrator = new Narrator(surroundings.out());
    this.play = new Play(narrator);
  }

  /** Plays every scene that the server allows for. Answers whether every check held. */
  boolean play(Endpoint server, Deployment deployment, Optional<DemoServer> own)
      throws IOException {
    surroundings.out().println("Karst demo against " + server);
    String token = EnrolmentToken.read(Optional.empty(), deployment.enrolmentToken());
    Path devices = Files.createDirectory(folder.resolve("devices"));
    try (var link = new LossyLink(server);
        var stage = new Stage(sessions, server, token, devices, sessions.randomEnding())) {
      GroupId group = scenes(stage, link, own);
      audit(stage, deployment, group);
    }
    return narrator.end();
  }

  private GroupId scenes(Stage stage, LossyLink link, Optional<DemoServer> own) {
    boolean plain =
        sessions.locations().tls(stage.server(), Optional.empty()).equals(Tls.loopbackOnly());
    Performer first = plain ? stage.enter("ann", link.endpoint()) : stage.enter("ann");
    List<Seat> two = play.talk(first, stage.enter("bob"));
    Seat ann = two.get(0);
    Seat carol = play.join(ann, stage.enter("carol"));
    play.remove(ann, two.get(1), carol);
    if (plain) {
      play.loseAnAnswer(ann, carol, link);
    }
    own.ifPresent(server -> new CrashScene(narrator, ann, carol).play(server));
    return ann.channel().id();
  }

  private void audit(Stage stage, Deployment deployment, GroupId group) throws IOException {
    Optional<String> token = EnrolmentToken.readIfPresent(deployment.auditorToken());
    if (token.isEmpty()) {
      narrator.tell("(no auditor token here: the audit is left out)");
      return;
    }
    stage.audit(group, token.get(), narrator, surroundings.out());
  }
}
