package dev.ashlar.examples.guestbook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Reports what was written the day before, or in the seven days before: the Lambda function behind two schedules.
 *
 * <pre>{@code
 * {"schedule": "nightly", "scheduledTime": "2026-11-20T18:00:00Z"}
 * }</pre>
 *
 * <p>The report of that run is about November 20th in Seoul, where it is three o'clock on the 21st. It is kept as the object {@code
 * reports/nightly/2026-11-20.json}, then published to a topic as text. Reports are named after their last day.
 *
 * <table>
 *   <caption>Where a run ends</caption>
 *   <tr><th>What happens</th><th>What is there then</th></tr>
 *   <tr><td>nothing goes wrong</td><td>the object, and one message</td></tr>
 *   <tr><td>nobody wrote</td><td>the same; both say so</td></tr>
 *   <tr><td>the same run once more</td><td>the object as it was, unless notes were deleted since, and one message more</td></tr>
 *   <tr><td>it fails after the object was kept, and is tried again</td><td>the object, and at least one message</td></tr>
 *   <tr><td>it fails in all three attempts</td><td>a record in the queue of failed runs</td></tr>
 *   <tr><td>an event that names no such schedule, or no time</td><td>the same; nothing is kept or published</td></tr>
 * </table>
 *
 * <p>Needs {@code dynamodb:Query} on the table that {@value Notes#TABLE_VARIABLE} names, {@code s3:PutObject} on {@code
 * reports/*} in the bucket that {@value #BUCKET_VARIABLE} names, and {@code sns:Publish} on the topic of {@value #TOPIC_VARIABLE}.
 */
public final class NightlyReport implements RequestHandler<Map<String, Object>, String> {

    static final String BUCKET_VARIABLE = "REPORTS_BUCKET";
    static final String TOPIC_VARIABLE = "REPORTS_TOPIC";

    private final String bucket;
    private final String topic;
    private final Notes notes;
    private final S3Client s3;
    private final SnsClient sns;

    /**
     * Creates the handler as Lambda does: once for each environment.
     *
     * @throws IllegalStateException if one of its variables is not set
     */
    public NightlyReport() {
        this(Environment.ofThisProcess());
    }

    /** Makes clients that find region, credentials and endpoints themselves; they connect with the first request. */
    NightlyReport(Environment environment) {
        this(
                environment.get(BUCKET_VARIABLE, "the name of the bucket for reports"),
                environment.get(TOPIC_VARIABLE, "the ARN of the topic for reports"),
                Notes.in(environment),
                S3Client.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build(),
                SnsClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build());
    }

    NightlyReport(String bucket, String topic, Notes notes, S3Client s3, SnsClient sns) {
        this.bucket = bucket;
        this.topic = topic;
        this.notes = notes;
        this.s3 = s3;
        this.sns = sns;
    }

    /**
     * Writes the report of a period.
     *
     * @param event what the schedule tells: its name, and the time for which the run was planned
     * @param context of the invocation
     * @return the key of the report
     * @throws IllegalArgumentException if the event has no such schedule, or no time
     */
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        Period period = Period.of(event);
        Summary summary = Summary.of(period, notes.between(period.from(), period.until()));
        String key = "reports/" + period.schedule() + "/" + period.last() + ".json";
        // The object first: whoever reads the message finds it.
        s3.putObject(
                request -> request.bucket(bucket).key(key).contentType(Json.MEDIA_TYPE),
                RequestBody.fromString(Json.write(summary)));
        sns.publish(request -> request.topicArn(topic)
                .subject(subject(period, summary.notes()))
                .message(summary.toText() + "\nIn full: s3://" + bucket + "/" + key + "\n"));
        return key;
    }

    /** SNS takes less than 100 characters, and mail programs like ASCII best. */
    static String subject(Period period, int notes) {
        return "Guestbook: " + Summary.counted(notes, "note") + " " + period.inWords();
    }
}
