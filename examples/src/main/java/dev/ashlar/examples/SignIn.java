package dev.ashlar.examples;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.patterns.webapp.Authorization;
import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.cognito.AccountRecovery;
import software.amazon.awscdk.services.cognito.AuthFlow;
import software.amazon.awscdk.services.cognito.CfnManagedLoginBranding;
import software.amazon.awscdk.services.cognito.CfnUserPoolClient;
import software.amazon.awscdk.services.cognito.CognitoDomainOptions;
import software.amazon.awscdk.services.cognito.FeaturePlan;
import software.amazon.awscdk.services.cognito.ManagedLoginVersion;
import software.amazon.awscdk.services.cognito.Mfa;
import software.amazon.awscdk.services.cognito.MfaSecondFactor;
import software.amazon.awscdk.services.cognito.OAuthFlows;
import software.amazon.awscdk.services.cognito.OAuthScope;
import software.amazon.awscdk.services.cognito.OAuthSettings;
import software.amazon.awscdk.services.cognito.PasswordPolicy;
import software.amazon.awscdk.services.cognito.SignInAliases;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.cognito.UserPoolClient;
import software.amazon.awscdk.services.cognito.UserPoolClientIdentityProvider;
import software.amazon.awscdk.services.cognito.UserPoolDomain;
import software.constructs.Construct;

/**
 * Who may delete notes: the users of a user pool. Nobody signs up; an administrator adds users, who sign in on Cognito's own
 * pages with a password and a code of an authenticator app.
 *
 * <pre>
 * aws cognito-idp admin-create-user --user-pool-id USER_POOL_ID --username ada@example.com
 * </pre>
 */
final class SignIn extends Construct {
    private final UserPool users;
    private final UserPoolDomain login;
    private final UserPoolClient client;

    SignIn(Construct scope, String id) {
        super(scope, id);
        this.users = createUsers(Profile.of(this));
        this.login = createLogin();
        this.client = createClient();
        createStyle();
        createOutput();
    }

    /** The address of Cognito's own pages, without a slash at the end. */
    public String getLoginUrl() {
        return login.baseUrl();
    }

    /** What the page calls itself there. */
    public String getClientId() {
        return client.getUserPoolClientId();
    }

    /** Whoever is signed in. */
    public Authorization getAuthorization() {
        return Authorization.cognito(users, client);
    }

    /**
     * Adds where Cognito sends browsers back to. It comes last, as the address is that of a distribution, whose site needs all
     * of the above.
     */
    public void addRedirect(String url) {
        CfnUserPoolClient resource =
                (CfnUserPoolClient) requireNonNull(client.getNode().getDefaultChild());
        resource.setCallbackUrLs(List.of(url));
        resource.setLogoutUrLs(List.of(url));
    }

    private UserPool createUsers(Profile profile) {
        return UserPool.Builder.create(this, "Users")
                .selfSignUpEnabled(false)
                .signInAliases(SignInAliases.builder().email(true).build())
                .signInCaseSensitive(false)
                .passwordPolicy(PasswordPolicy.builder()
                        .minLength(12)
                        .requireLowercase(true)
                        .requireUppercase(true)
                        .requireDigits(true)
                        .requireSymbols(true)
                        .tempPasswordValidity(Duration.days(3))
                        .build())
                .mfa(Mfa.REQUIRED)
                .mfaSecondFactor(MfaSecondFactor.builder().otp(true).sms(false).build())
                .accountRecovery(AccountRecovery.EMAIL_ONLY)
                // The plan with managed login; threat protection would take a dearer one.
                .featurePlan(FeaturePlan.ESSENTIALS)
                .deletionProtection(profile.isDataProtected())
                .removalPolicy(profile.getRemovalPolicy())
                .build();
    }

    private UserPoolDomain createLogin() {
        // Its name must be free in the whole region: the last part of a stack's id is no other stack's.
        String unique = Fn.select(2, Fn.split("/", Aws.STACK_ID));
        return UserPoolDomain.Builder.create(this, "Login")
                .userPool(users)
                .cognitoDomain(CognitoDomainOptions.builder()
                        .domainPrefix("guestbook-" + unique)
                        .build())
                .managedLoginVersion(ManagedLoginVersion.NEWER_MANAGED_LOGIN)
                .build();
    }

    private UserPoolClient createClient() {
        return UserPoolClient.Builder.create(this, "Client")
                .userPool(users)
                // A page can keep no secret; its proof is the one that PKCE makes for each sign-in.
                .generateSecret(false)
                .authFlows(AuthFlow.builder().userSrp(false).build())
                .oAuth(OAuthSettings.builder()
                        .flows(OAuthFlows.builder().authorizationCodeGrant(true).build())
                        .scopes(List.of(OAuthScope.OPENID))
                        .build())
                .supportedIdentityProviders(List.of(UserPoolClientIdentityProvider.COGNITO))
                .preventUserExistenceErrors(true)
                .enableTokenRevocation(true)
                .accessTokenValidity(Duration.hours(1))
                .idTokenValidity(Duration.hours(1))
                // The page keeps none, so it lives no longer than the others.
                .refreshTokenValidity(Duration.hours(1))
                .build();
    }

    private void createStyle() {
        // Without a style managed login has no pages.
        CfnManagedLoginBranding.Builder.create(this, "Style")
                .userPoolId(users.getUserPoolId())
                .clientId(client.getUserPoolClientId())
                .useCognitoProvidedValues(true)
                .build();
    }

    private void createOutput() {
        CfnOutput.Builder.create(this, "UserPoolId")
                .description("Where to add users: aws cognito-idp admin-create-user --user-pool-id ...")
                .value(users.getUserPoolId())
                .build();
    }
}
