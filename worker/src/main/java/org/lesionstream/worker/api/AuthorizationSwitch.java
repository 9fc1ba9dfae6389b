package org.lesionstream.worker.api;

import io.quarkus.security.spi.runtime.AuthorizationController;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Holds callers to their roles, unless the worker was told not to. */
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@Singleton
public class AuthorizationSwitch extends AuthorizationController {
    private final Authentication authentication;

    AuthorizationSwitch(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public boolean isAuthorizationEnabled() {
        return authentication == Authentication.BEARER;
    }
}
