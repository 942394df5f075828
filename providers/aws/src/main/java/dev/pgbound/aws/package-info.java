/**
 * The AWS resource types, over the AWS SDK for Java.
 *
 * <p>A resource type is one class that implements {@code AwsType} and one line in {@code
 * AwsProvider}. What it does not have to care about:
 *
 * <ul>
 *   <li>{@code AwsSchema} derives attributes and their types from the create request; {@code
 *       Shapes} carries them into requests and out of answers.
 *   <li>{@code Tags} adds the ownership tags to a create request, {@code TagStores} reads and
 *       writes tags afterwards, {@code Discovery} and {@code Ec2Objects} find objects by name or by
 *       tag with as few calls as possible.
 *   <li>{@code CallInterceptor} turns every exception of the SDK into a {@link
 *       dev.pgbound.spi.ResourceException}, so that types catch and compare nothing else.
 *   <li>{@code Lifecycle} says once what the statuses of an object mean, for its health and for all
 *       waits. {@code Absence}, {@code Removal} and {@code Ec2Removal} know what may be missing and
 *       which conflicts pass.
 * </ul>
 *
 * <p>{@code DmsSubnetGroupType} is the pattern for objects with names, {@code SubnetType} for
 * objects with identifiers that EC2 chooses. Each create, update and settle returns what a read
 * after it says, never what was asked for. An update writes tags last: the digest among them says
 * what was applied, so it must not be there before the rest is.
 */
@NullMarked
package dev.pgbound.aws;

import org.jspecify.annotations.NullMarked;
