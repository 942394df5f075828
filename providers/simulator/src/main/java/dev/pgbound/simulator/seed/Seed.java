package dev.pgbound.simulator.seed;

import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.fault.Faults;
import dev.pgbound.simulator.fault.InvalidFaultException;
import dev.pgbound.simulator.service.Call;
import dev.pgbound.simulator.service.Dispatcher;
import dev.pgbound.simulator.service.Nearest;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.ServiceNames;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.ModelJson;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.World;
import dev.pgbound.spi.Timeline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills an account from a YAML or JSON file that lists calls:
 *
 * <pre>
 * - ec2.CreateVpc: {cidrBlock: 10.1.0.0/16}
 *   as: old
 * - ec2.CreateSubnet: {vpcId: "${old.vpc.vpcId}", cidrBlock: 10.1.1.0/24}
 * </pre>
 *
 * Services go by their signing name, members by their documented name, whatever the case of its
 * letters. Between two calls as much time passes as it takes for everything to become available.
 * When faults are wanted, too, the calls are listed under {@code calls} and the faults, as {@link
 * FaultRule} has them, under {@code faults}.
 */
public final class Seed {

  private final World world;
  private final Timeline timeline;
  private final Dispatcher dispatcher;
  private final Answers answers = new Answers();

  /** Fills {@code world} through the operations of {@code dispatcher}. */
  public Seed(World world, Timeline timeline, Dispatcher dispatcher) {
    this.world = world;
    this.timeline = timeline;
    this.dispatcher = dispatcher;
  }

  /**
   * Makes the calls that a file lists.
   *
   * @throws InvalidSeedException when the file is not understood or a call is refused; the calls
   *     before it have been made
   * @throws IOException when the file cannot be read
   */
  public void run(Path file) throws IOException {
    SeedFile seed = SeedFile.read(file);
    int number = 0;
    for (Node node : seed.calls()) {
      number++;
      Position position = seed.position().in("entry " + number);
      Entry entry = Entry.read(node, position);
      call(entry, seed.position().in("entry " + number + ", " + entry.operation().getValue()));
    }
  }

  /**
   * Gives the faults that a file lists to {@code faults}.
   *
   * @throws InvalidSeedException when the file is not understood
   * @throws IOException when the file cannot be read
   */
  public void addFaults(Path file, Faults faults) throws IOException {
    SeedFile seed = SeedFile.read(file);
    for (ScalarNode text : seed.faults()) {
      try {
        faults.add(FaultRule.parse(text.getValue()), dispatcher.services());
      } catch (InvalidFaultException e) {
        throw seed.position().error(text, e);
      }
    }
  }

  private void call(Entry entry, Position position) throws IOException {
    Call call = target(entry, position);
    SdkPojo request = request(entry, call, position);
    SdkPojo response;
    try {
      response = dispatcher.call(call, request);
    } catch (Fault fault) {
      throw position.error(entry.operation(), fault.code() + ": " + fault.text(), fault);
    }
    if (entry.as().isPresent()) {
      String name = entry.as().get().getValue();
      if (answers.has(name)) {
        throw position.error(entry.as().get(), "An earlier entry is called \"" + name + "\", too.");
      }
      answers.put(name, ModelJson.STATE.encode(response));
    }
    settle();
  }

  private Call target(Entry entry, Position position) throws InvalidSeedException {
    String written = entry.operation().getValue();
    int dot = written.indexOf('.');
    String service = dot < 0 ? written : written.substring(0, dot);
    String name = written.substring(dot + 1);
    Operations operations = service(ServiceNames.signing(service)).orElse(null);
    if (dot < 0 || operations == null) {
      List<String> known = dispatcher.services().stream().map(Operations::service).toList();
      throw position.error(
          entry.operation(),
          "There is no service \"" + service + "\"; there are " + String.join(", ", known) + ".");
    }
    if (operations.find(name).isEmpty()) {
      List<String> known = operations.all().stream().map(Operations.Operation::name).toList();
      throw position.error(
          entry.operation(),
          service + " has no operation \"" + name + "\"." + Nearest.hint(name, known));
    }
    return new Call(operations.service(), name, entry.region());
  }

  private Optional<Operations> service(String name) {
    return dispatcher.services().stream().filter(each -> each.service().equals(name)).findFirst();
  }

  private SdkPojo request(Entry entry, Call call, Position position) throws InvalidSeedException {
    SdkPojo builder =
        service(call.service())
            .flatMap(service -> service.find(call.operation()))
            .map(operation -> operation.request().get())
            .orElseThrow();
    ObjectNode members = new Arguments(position, answers).read(entry.arguments(), builder);
    try {
      ModelJson.STATE.decode(members, builder);
    } catch (Fault fault) {
      throw position.error(entry.operation(), fault.text() + ".", fault);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw position.error(entry.operation(), String.valueOf(e.getMessage()), e);
    }
    return Models.build(builder);
  }

  /** Lets the time pass that everything under way needs. */
  private void settle() throws IOException {
    Optional<Instant> end = world.settled();
    if (end.isPresent()) {
      try {
        timeline.sleep(Duration.between(timeline.now(), end.get()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while the account was filled");
      }
    }
  }
}
