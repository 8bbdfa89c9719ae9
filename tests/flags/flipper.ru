# Flipper's REST API for tests: the routes that flippercloud.io/docs/api documents, over the real gem. Started by
# tests/e2e/lib/flipper.mjs. FLIPPER_TEST_TOKEN, where set, is asked of every request, as a proxy before a real one would.
require 'json'
require 'rack'
require 'flipper'
require 'flipper/adapters/memory'

Subject = Struct.new(:flipper_id)
Flipper.register(:admins) { |subject| subject.respond_to?(:flipper_id) && subject.flipper_id.start_with?('Admin') }

class FlipperRest
  def initialize
    @flipper = Flipper.new(Flipper::Adapters::Memory.new)
    @one_at_a_time = Mutex.new
  end

  def call(env)
    @one_at_a_time.synchronize { routed(env) }
  end

  private

  def routed(env)
    request = Rack::Request.new(env)
    token = ENV['FLIPPER_TEST_TOKEN'].to_s
    return answer(401, {}) unless token.empty? || request.get_header('HTTP_AUTHORIZATION') == "Bearer #{token}"

    kind, name, gate, *rest = request.path_info.delete_prefix('/').split('/').map { |part| Rack::Utils.unescape(part) }
    return missing unless rest.empty?
    return actor(name, request) if kind == 'actors' && request.get?
    return missing unless kind == 'features'
    return features(request) unless name
    return feature(name, request) unless gate

    change(@flipper[name], gate, request)
  end

  def features(request)
    return answer(200, features: @flipper.features.map { |one| described(one) }) if request.get?

    name = request.params['name'] or return refused(5, 'Required parameter name is missing.')
    @flipper[name].add
    answer(200, described(@flipper[name]))
  end

  def feature(name, request)
    if request.delete?
      @flipper.remove(name)
      return [204, {}, []]
    end
    @flipper.exist?(name) ? answer(200, described(@flipper[name])) : refused(1, 'Feature not found.', 404)
  end

  # The feature need not exist: writing to a gate creates it, as flipper-api does.
  def change(feature, gate, request)
    on = request.post?
    return missing unless on || request.delete?

    case gate
    when 'boolean'
      on ? feature.enable : feature.disable
    when 'percentage_of_actors', 'percentage_of_time'
      share = Float(on ? request.params['percentage'] : 0, exception: false)
      return refused(3, 'Percentage must be a positive number less than or equal to 100.') unless share&.between?(0, 100)

      feature.public_send("enable_#{gate}", share % 1 == 0 ? share.to_i : share)
    when 'actors'
      id = request.params['flipper_id'] or return refused(4, 'Required parameter flipper_id is missing.')
      on ? feature.enable_actor(Subject.new(id)) : feature.disable_actor(Subject.new(id))
    when 'groups'
      group = request.params['name'] or return refused(5, 'Required parameter name is missing.')
      known = Flipper.group_exists?(group) || request.params['allow_unregistered_groups'] == 'true'
      return refused(2, 'Group not registered.', 404) unless known

      on ? feature.enable_group(group) : feature.disable_group(group)
    else
      return missing
    end
    answer(200, described(feature))
  end

  def actor(id, request)
    keys = request.params['keys'].to_s.split(',')
    shown = keys.to_h { |key| [key, { enabled: @flipper.enabled?(key, Subject.new(id)) }] }
    answer(200, flipper_id: id, features: shown)
  end

  def described(feature)
    values = feature.adapter.get(feature)
    gates = feature.gates.map do |gate|
      value = values[gate.key]
      { key: gate.key, name: gate.name, value: value.is_a?(Set) ? value.to_a : value }
    end
    { key: feature.key, state: feature.state, gates: gates }
  end

  def refused(code, message, status = 422)
    answer(status, code: code, message: message, more_info: 'https://flippercloud.io/docs/api#error-code-reference')
  end

  def missing
    [404, { 'Content-Type' => 'text/html' }, ['<h1>Not Found</h1>']]
  end

  def answer(status, body)
    [status, { 'Content-Type' => 'application/json' }, [JSON.generate(body)]]
  end
end

run FlipperRest.new
