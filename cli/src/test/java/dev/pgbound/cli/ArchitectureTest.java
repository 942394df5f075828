package dev.pgbound.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The order of the packages, as ARCHITECTURE.md has it. */
@AnalyzeClasses(packages = "dev.pgbound", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ENGINE_PACKAGES_ARE_ORDERED =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("config")
          .definedBy("dev.pgbound.engine.config")
          .layer("schema")
          .definedBy("dev.pgbound.engine.schema")
          .layer("sections")
          .definedBy("dev.pgbound.engine.sections")
          .layer("graph")
          .definedBy("dev.pgbound.engine.graph")
          .layer("tables")
          .definedBy("dev.pgbound.engine.tables")
          .layer("plan")
          .definedBy("dev.pgbound.engine.plan")
          .layer("policy")
          .definedBy("dev.pgbound.engine.policy")
          .layer("adopt")
          .definedBy("dev.pgbound.engine.adopt")
          .layer("apply")
          .definedBy("dev.pgbound.engine.apply")
          .layer("engine")
          .definedBy("dev.pgbound.engine")
          .whereLayer("schema")
          .mayOnlyAccessLayers("config")
          .whereLayer("config")
          .mayNotAccessAnyLayer()
          .whereLayer("sections")
          .mayOnlyAccessLayers("config", "schema")
          .whereLayer("graph")
          .mayOnlyAccessLayers("config", "schema", "sections")
          .whereLayer("tables")
          .mayOnlyAccessLayers("config", "schema")
          .whereLayer("plan")
          .mayOnlyAccessLayers("config", "schema", "sections", "graph", "tables")
          .whereLayer("policy")
          .mayOnlyAccessLayers("config", "schema", "sections", "graph", "tables", "plan")
          .whereLayer("adopt")
          .mayOnlyAccessLayers("config", "schema", "sections", "graph", "tables", "plan")
          .whereLayer("apply")
          .mayOnlyAccessLayers("config", "schema", "sections", "graph", "tables", "plan");

  @ArchTest
  static final ArchRule PROVIDERS_DO_NOT_KNOW_THE_ENGINE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.pgbound.aws..",
              "dev.pgbound.postgres..",
              "dev.pgbound.oracle..",
              "dev.pgbound.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.pgbound.engine..", "dev.pgbound.cli..");

  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_NEITHER_AWS_NOR_JDBC =
      noClasses()
          .that()
          .resideInAnyPackage("dev.pgbound.engine..", "dev.pgbound.spi..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon..",
              "java.sql..",
              "dev.pgbound.aws..",
              "dev.pgbound.postgres..",
              "dev.pgbound.oracle..",
              "dev.pgbound.simulator..");

  @ArchTest
  static final ArchRule THE_SPI_KNOWS_NOTHING =
      noClasses()
          .that()
          .resideInAPackage("dev.pgbound.spi..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("dev.pgbound.spi..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule TABLES_KNOW_ONLY_THE_SPI =
      noClasses()
          .that()
          .resideInAPackage("dev.pgbound.tables..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "dev.pgbound.tables..", "dev.pgbound.spi..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.pgbound.(*.*)..").should().beFreeOfCycles();
}
