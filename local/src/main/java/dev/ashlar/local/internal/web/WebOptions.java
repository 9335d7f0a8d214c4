package dev.ashlar.local.internal.web;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What is told to the servers, and whom they tell.
 *
 * @param claims what every token says; empty if no token is good, so that routes with a JWT authorizer answer 401
 * @param log gets a line for each thing that happens and a developer should know
 */
public record WebOptions(Map<String, String> claims, Consumer<String> log) {}
